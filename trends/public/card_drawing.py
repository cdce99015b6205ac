"""A card as a JPEG: topic, title as large as it can be, name of the site; in the colours that the
site has at night. The wide one is for shared links, the others for search engines."""

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from .typeface import face

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
# Names in addresses → height.
SHAPES = {"16x9": 675, "4x3": 900, "1x1": 1200}
# Raise it when the drawing changes: every card gets a new address.
DESIGN = 1
INK, PAPER, LINE, SIGNAL = "#11151b", "#eae7e0", "#363d48", "#f58d66"
EDGE = 84
ROOM = WIDTH - 2 * EDGE
TOP, BELOW = 132, 164  # what the title leaves free above and below
SIZES = range(108, 27, -4)  # pixels of the title; larger ones where a card is higher
MOST = 5  # lines, and more where a card is higher
LEADING = 1.14


@lru_cache(maxsize=32)  # some 60 KB each: a shared link is fetched by many at once
def draw(*, site: str, label: str, title: str, height: int = HEIGHT) -> bytes:
    from PIL import Image, ImageDraw  # noqa: PLC0415 (typeface.KNOWN)

    picture = Image.new("RGB", (WIDTH, height), INK)
    pen = ImageDraw.Draw(picture)
    _write(pen, (EDGE, 96), shortened(label, face(34)), 34, SIGNAL)
    _write_title(pen, title, height)
    _rule(pen, height - 128)
    _write(pen, (EDGE, height - 64), shortened(site, face(34)), 34, PAPER)
    file = io.BytesIO()
    # No halves of colours: they would fray the signal colour's edges.
    picture.save(file, "JPEG", quality=82, optimize=True, progressive=True, subsampling=0)
    return file.getvalue()


def _write_title(pen: "ImageDraw", title: str, height: int) -> None:
    size, lines = fitted(title, height)
    for place, line in enumerate(lines):
        _write(pen, (EDGE, TOP + size * (1 + LEADING * place)), line, size, PAPER)


def _write(pen: "ImageDraw", at: tuple[float, float], line: str, size: int, colour: str) -> None:
    """A line whose letters stand on `at`."""
    pen.text(at, line, colour, face(size), anchor="ls")


def _rule(pen: "ImageDraw", y: int) -> None:
    """The line that begins every section of a page."""
    pen.rectangle((EDGE, y, WIDTH - EDGE, y + 1), LINE)
    pen.rectangle((EDGE, y - 1, EDGE + 176, y + 2), PAPER)


def fitted(title: str, height: int = HEIGHT) -> tuple[int, list[str]]:
    """(pixels, lines) at the largest size in which the title has room. One that has none even at
    the smallest ends in an ellipsis."""
    more = height - HEIGHT
    most = MOST + more // 200
    for size in range(SIZES.start + more // 8, SIZES.stop, SIZES.step):
        lines = balanced(title, face(size))
        if len(lines) <= most and len(lines) * size * LEADING <= height - BELOW - TOP:
            return size, lines
    *kept, last = lines[:most]
    return size, [*kept, shortened(f"{last} {lines[most]}", face(size))]


def balanced(text: str, font: "FreeTypeFont") -> list[str]:
    """No more lines than need be, all about as long."""
    lines = wrapped(text, font, ROOM)
    low, high = ROOM // 2, ROOM
    while high - low > 8:
        middle = (low + high) // 2
        narrower = wrapped(text, font, middle)
        if len(narrower) == len(lines):
            lines, high = narrower, middle
        else:
            low = middle
    return lines


def wrapped(text: str, font: "FreeTypeFont", room: float) -> list[str]:
    """Lines no wider than `room` pixels, broken between words; inside one that is wider."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines += pieces(word, font, room)
    return [line for line in lines if line]


def pieces(word: str, font: "FreeTypeFont", room: float) -> list[str]:
    found = [""]
    for character in word:
        if font.getlength(found[-1] + character) > room:
            found.append("")
        found[-1] += character
    return found


def shortened(text: str, font: "FreeTypeFont") -> str:
    """One line of it, with an ellipsis where it was longer."""
    if font.getlength(text) <= ROOM:
        return text
    while text and font.getlength(f"{text}…") > ROOM:
        text = text[:-1]
    return f"{text.rstrip()}…"
