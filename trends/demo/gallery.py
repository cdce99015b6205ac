"""The pictures of the demo: drawn in processes of their own, kept in the library, found again."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from django.core.files.storage import storages
from django.db import transaction

from ..models import Image
from ..models.file_deletion import Place
from . import pictures
from .story import Picture

CREDIT = "Newsroom"
LICENCE = "CC0 1.0"
WORKERS = 2
Files = list[Place]


def draw_all(wanted: Sequence[Picture]) -> dict[Picture, bytes]:
    """Drawn two at a time, in fresh processes that know nothing of Django."""
    ignore = partial(signal.signal, signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), initializer=ignore) as pool:
        drawn = {p: pool.submit(pictures.draw, p.motif, seed=p.seed) for p in wanted}
        return {picture: future.result() for picture, future in drawn.items()}


@contextmanager
def hung() -> Iterator[Files]:
    """A transaction with the files of its pictures; they go if it fails."""
    files: Files = []
    try:
        with transaction.atomic():
            yield files
    except BaseException:
        for alias, name in files:
            storages[alias].delete(name)
        raise


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
    files += image.places
    return image
