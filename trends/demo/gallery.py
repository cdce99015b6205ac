"""The pictures of the demo: drawn in processes of their own, kept in the library, found again."""

import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from django.core.files.storage import Storage, default_storage

from ..models import Image
from ..models.image import originals
from . import pictures
from .story import Picture

CREDIT = "Newsroom"
LICENCE = "CC0 1.0"
WORKERS = 2
Files = list[tuple[Storage, str]]


def draw_all(wanted: Sequence[Picture]) -> dict[Picture, bytes]:
    """Drawn two at a time, in fresh processes that know nothing of Django."""
    ignore = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), initializer=ignore) as pool:
        drawn = {p: pool.submit(pictures.draw, p.motif, seed=p.seed) for p in wanted}
        return {picture: future.result() for picture, future in drawn.items()}


def hang(picture: Picture, data: bytes, files: Files) -> Image:
    """Take a drawing into the library; `files` gets those that it wrote."""
    image = Image.objects.ingest(
        data,
        name=f"{picture.motif}-{picture.seed}.jpg",
        alt_text=picture.alt_text,
        caption=picture.caption,
        credit=CREDIT,
        licence=LICENCE,
        ai_use=Image.AIUse.NONE,
    )
    files += files_of(image)
    return image


def files_of(image: Image) -> Files:
    """Every file of a picture: the master and what was made of it."""
    presets = [entries for entries in image.renditions.values() if isinstance(entries, list)]
    made = [(default_storage, entry["name"]) for entries in presets for entry in entries]
    return [(originals(), image.file.name), *made]
