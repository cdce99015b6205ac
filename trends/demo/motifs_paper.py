"""The paper, the inks and the tools of the demo's drawings: flat shapes printed one ink at a time.

A sheet measures 1600 × 900 units whatever its pixels. Each plate is a mask drawn at three times
the size; it is scaled down, speckled as ink on rough paper is, and printed: flat over what is
there, `over` it as a transparent ink, or as `glow`, which lightens what it meets.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Ink = tuple[int, int, int]
Point = tuple[float, float]
Print = Literal["flat", "over", "glow"]

WIDTH, HEIGHT = 1600, 900
FINER = 3  # how much larger than the picture a plate is drawn

PAPER: Ink = (247, 242, 231)
INK: Ink = (22, 29, 48)
SIGNAL: Ink = (222, 68, 40)
SLATE: Ink = (96, 117, 142)
MIST: Ink = (190, 204, 209)
TEAL: Ink = (72, 128, 130)
SAGE: Ink = (158, 177, 152)
OCHRE: Ink = (222, 172, 92)
SAND: Ink = (229, 212, 182)
ROSE: Ink = (226, 176, 160)
NIGHT: Ink = (42, 58, 88)


class Plate:
    """What one ink prints. `tone` is its strength from 0, which cuts out, to 1."""

    def __init__(self, mask: Image.Image, scale: float, shift: Point) -> None:
        self._draw = ImageDraw.Draw(mask)
        self._scale = scale
        self._shift = shift

    def _at(self, points: Sequence[Point]) -> list[Point]:
        dx, dy = self._shift
        return [((x + dx) * self._scale, (y + dy) * self._scale) for x, y in points]

    def _wide(self, width: float) -> int:
        return max(1, round(width * self._scale))

    def poly(self, points: Sequence[Point], *, tone: float = 1) -> None:
        self._draw.polygon(self._at(points), fill=round(255 * tone))

    def box(self, left: float, top: float, right: float, bottom: float, **style: float) -> None:
        """Style: `tone`, and `radius` of the corners."""
        corners = self._at([(left, top), (right, bottom)])
        fill = round(255 * style.get("tone", 1))
        radius = style.get("radius", 0) * self._scale
        self._draw.rounded_rectangle(corners, radius, fill=fill)

    def below(self, top: float, *, tone: float = 1) -> None:
        self.box(-20, top, WIDTH + 20, HEIGHT + 20, tone=tone)

    def disc(self, x: float, y: float, r: float, *, tone: float = 1) -> None:
        self.oval(x, y, r, r, tone=tone)

    def oval(self, x: float, y: float, rx: float, ry: float, *, tone: float = 1) -> None:
        corners = self._at([(x - rx, y - ry), (x + rx, y + ry)])
        self._draw.ellipse(corners, fill=round(255 * tone))

    def line(
        self, points: Sequence[Point], width: float, *, tone: float = 1, blunt: bool = False
    ) -> None:
        """Through all points, with round ends unless `blunt`."""
        fill, at = round(255 * tone), self._at(points)
        self._draw.line(at, fill=fill, width=self._wide(width))
        r = width * self._scale / 2
        # Discs on the corners: Pillow's own joints leave splinters on wide bends.
        for x, y in at[1:-1] if blunt else at:
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def ring(
        self, x: float, y: float, r: float, width: float, *, tone: float = 1, **part: float
    ) -> None:
        """Inside the radius. Part: from `start` to `end` in degrees, clockwise from the right;
        `flat` squeezes its height."""
        ry = r * part.get("flat", 1)
        corners = self._at([(x - r, y - ry), (x + r, y + ry)])
        box = (*corners[0], *corners[1])
        start, end = part.get("start", 0), part.get("end", 360)
        self._draw.arc(box, start, end, fill=round(255 * tone), width=self._wide(width))


class Sheet:
    """A picture in the making. `rng` is its only chance."""

    def __init__(self, size: tuple[int, int], rng: Random) -> None:
        self.rng = rng
        self.size = size
        self.image = Image.new("RGB", size, PAPER)
        self._noise = Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))
        # Dry ink has specks of what is below it.
        grains = self._noise.filter(ImageFilter.GaussianBlur(0.7))
        self._specks = grains.point([max(0, min(255, 150 + 3 * (v - 46))) for v in range(256)])

    def finished(self) -> Image.Image:
        """The picture, on paper that has a tooth."""
        tooth = self._turned(self._noise).filter(ImageFilter.GaussianBlur(0.9))
        shades = tooth.point([max(240, min(255, round(251 + (v - 127) / 9))) for v in range(256)])
        return ImageChops.multiply(self.image, Image.merge("RGB", [shades] * 3))

    def cover(self, ink: Ink, *, fade: "Fade | None" = None) -> None:
        with self.plate(ink, fade=fade) as plate:
            plate.below(-20)

    @contextmanager
    def plate(
        self,
        ink: Ink,
        how: Print = "flat",
        *,
        fade: "Fade | None" = None,
    ) -> Iterator[Plate]:
        """A plate that is printed when the block ends; `fade` thins its ink out in grains."""
        mask = Image.new("L", (self.size[0] * FINER, self.size[1] * FINER), 0)
        slip = 0.9 if how == "over" else 0.3
        shift = (self.rng.uniform(-slip, slip), self.rng.uniform(-slip, slip))
        yield Plate(mask, self.size[0] * FINER / WIDTH, shift)
        mask = ImageChops.multiply(mask.reduce(FINER), self._turned(self._specks))
        if fade:
            mask = ImageChops.multiply(mask, self._grained(fade(self)))
        self._print(ink, how, mask)

    def _turned(self, image: Image.Image) -> Image.Image:
        width, height = self.size
        return ImageChops.offset(image, self.rng.randrange(width), self.rng.randrange(height))

    def _grained(self, gradient: Image.Image) -> Image.Image:
        hard = ImageChops.subtract(gradient, self._turned(self._noise)).point(
            [min(255, 5 * v) for v in range(256)]
        )
        return Image.blend(gradient, hard, 0.45)

    def _print(self, ink: Ink, how: Print, mask: Image.Image) -> None:
        if how == "flat":
            self.image.paste(ink, (0, 0, *self.size), mask)
            return
        mixed = ImageChops.multiply if how == "over" else ImageChops.screen
        self.image.paste(mixed(self.image, Image.new("RGB", self.size, ink)), mask=mask)


Fade = Callable[[Sheet], Image.Image]


def down(top: float, bottom: float) -> Fade:
    """Full at the height `top`, gone at `bottom`; upwards where bottom is the smaller."""

    def gradient(sheet: Sheet) -> Image.Image:
        width, height = sheet.size
        ys = (y * HEIGHT / height for y in range(height))
        column = Image.new("L", (1, height))
        column.putdata([_level(1 - (y - top) / (bottom - top)) for y in ys])
        return column.resize((width, height))

    return gradient


def across(left: float, right: float) -> Fade:
    """Full at `left`, gone at `right`; leftwards where right is the smaller."""

    def gradient(sheet: Sheet) -> Image.Image:
        width, height = sheet.size
        xs = (x * WIDTH / width for x in range(width))
        row = Image.new("L", (width, 1))
        row.putdata([_level(1 - (x - left) / (right - left)) for x in xs])
        return row.resize((width, height))

    return gradient


def around(x: float, y: float, r: float) -> Fade:
    """Full at the point, gone at the distance `r`."""

    def gradient(sheet: Sheet) -> Image.Image:
        scale = sheet.size[0] / WIDTH
        side = max(2, round(2 * r * scale))
        # Pillow's radial gradient is black in the middle and white only in the corners.
        levels = [_level(1 - v / 255 * math.sqrt(2)) for v in range(256)]
        spot = Image.radial_gradient("L").point(levels).resize((side, side))
        whole = Image.new("L", sheet.size, 0)
        whole.paste(spot, (round((x - r) * scale), round((y - r) * scale)))
        return whole

    return gradient


def _level(share: float) -> int:
    return round(255 * max(0.0, min(1.0, share)))


def bent(points: Sequence[Point], steps: int = 48) -> list[Point]:
    """The Bézier curve of three or four points."""
    order = len(points) - 1
    weights = [math.comb(order, i) for i in range(order + 1)]

    def at(t: float) -> Point:
        parts = [w * t**i * (1 - t) ** (order - i) for i, w in enumerate(weights)]
        return (
            sum(p * x for p, (x, _) in zip(parts, points, strict=True)),
            sum(p * y for p, (_, y) in zip(parts, points, strict=True)),
        )

    return [at(step / steps) for step in range(steps + 1)]


def turned(points: Sequence[Point], degrees: float, about: Point) -> list[Point]:
    """The points, turned clockwise."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    ox, oy = about
    return [
        (ox + (x - ox) * cos - (y - oy) * sin, oy + (x - ox) * sin + (y - oy) * cos)
        for x, y in points
    ]


def slanted(x: float, y: float, rx: float, ry: float, degrees: float) -> list[Point]:
    """The outline of an oval, turned clockwise about its middle."""
    angles = [math.tau * step / 90 for step in range(90)]
    outline = [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]
    return turned(outline, degrees, (x, y))


def wave(top: float, swell: float, length: float, phase: float) -> list[Point]:
    """Everything below a surface that goes up and down by `swell` about `top`."""
    xs = range(-40, WIDTH + 60, 20)
    surface = [(x, top + swell * math.sin(math.tau * x / length + phase)) for x in xs]
    return [*surface, (WIDTH + 40, HEIGHT + 40), (-40, HEIGHT + 40)]


def between(a: Point, b: Point, share: float) -> Point:
    """The point that lies `share` of the way from `a` to `b`."""
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
