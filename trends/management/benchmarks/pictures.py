"""Renditions by our cascade against one by one, as image libraries of other systems make them.

`python -m trends.management.benchmarks.pictures SIDE PHOTO ROUNDS [SIZES]` measures one side in a
fresh process and prints {"cpu": milliseconds of the best round, "peak": bytes}. No side makes a
master, reads metadata or writes any.
"""

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from trends.renditions import crop_box
from trends.renditions.cascade import base, rendered, scaled
from trends.renditions.child import ALLOCATOR
from trends.renditions.encoding import encode
from trends.renditions.opening import developed, explained, opened
from trends.renditions.parts import MAX_PIXELS, NOTHING
from trends.renditions.worker import peak

ROOT = Path(__file__).resolve().parents[3]
CENTRE = (0.5, 0.5)
# Preset, width, height, suffix of a file that both sides make.
Wanted = tuple[str, int, int, str]


def measured(side: str, photo: Path, rounds: int, wanted: Iterable[Wanted]) -> dict[str, int]:
    """A side in a process of its own."""
    command = [sys.executable, "-m", __name__, side, str(photo), str(rounds)]
    run = subprocess.run(
        [*command, json.dumps(list(wanted))],
        cwd=ROOT,
        env=os.environ | ALLOCATOR,
        stdout=subprocess.PIPE,
        check=True,
    )
    told: dict[str, int] = json.loads(run.stdout)
    return told


def cascade(photo: Path, wanted: list[Wanted]) -> None:
    list(scaled(base(_opened(photo)), CENTRE))


def cascade_encoded(photo: Path, wanted: list[Wanted]) -> None:
    rendered(base(_opened(photo)), focal=CENTRE, notes=NOTHING)


def _opened(photo: Path) -> Image.Image:
    with explained(MAX_PIXELS), photo.open("rb") as file:
        return developed(opened(file, MAX_PIXELS))


def one_by_one(photo: Path, wanted: list[Wanted]) -> None:
    for one in wanted:
        _alone(photo, one)


def one_by_one_encoded(photo: Path, wanted: list[Wanted]) -> None:
    for one in wanted:
        encode(_alone(photo, one), one[3])


def one_by_one_defaults(photo: Path, wanted: list[Wanted]) -> None:
    for one in wanted:
        _alone(photo, one).save(io.BytesIO(), {"jpg": "JPEG"}.get(one[3], one[3].upper()))


def _alone(photo: Path, one: Wanted) -> Image.Image:
    """A rendition the usual way: open the original, decode all of it, crop, scale."""
    preset, width, height, _ = one
    with Image.open(photo) as original:
        picture = original if original.mode == "RGB" else original.convert("RGB")
        if preset != "whole":
            picture = picture.crop(crop_box(picture.size, width / height, CENTRE))
        return picture.resize((width, height), Image.Resampling.LANCZOS)


SIDES: dict[str, Callable[[Path, list[Wanted]], None]] = {
    side.__name__: side
    for side in (cascade, cascade_encoded, one_by_one, one_by_one_encoded, one_by_one_defaults)
}


def invented(size: tuple[int, int] = (4000, 3000)) -> bytes:
    """A JPEG with what photos have: broad shapes, finer ones, and noise."""
    bands = [_band(size, number) for number in range(3)]
    file = io.BytesIO()
    Image.merge("RGB", bands).save(file, "JPEG", quality=90)
    return file.getvalue()


def _band(size: tuple[int, int], number: int) -> Image.Image:
    band = Image.effect_noise(size, 6)
    for coarse, strength in ((400 >> number, 60), (60, 40), (12, 15)):
        small = max(2, size[0] // coarse), max(2, size[1] // coarse)
        shapes = Image.effect_noise(small, strength).resize(size, Image.Resampling.BICUBIC)
        band = ImageChops.add(band, shapes, offset=-128)
    return band


def main(side: str, photo: str, rounds: str, wanted: str) -> None:
    sizes: list[Any] = [tuple(one) for one in json.loads(wanted)]
    spent, most = list[float](), 0
    for _ in range(int(rounds)):
        start = time.process_time()
        SIDES[side](Path(photo), sizes)
        spent.append(time.process_time() - start)
        most = most or peak()  # of one picture: later rounds find the memory in pieces
    print(json.dumps({"cpu": round(min(spent) * 1000), "peak": most}))


if __name__ == "__main__":
    main(*sys.argv[1:])
