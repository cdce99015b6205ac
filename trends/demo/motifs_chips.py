"""Drawings of glass: a panel of substrates, a wafer, a block that bends light."""

import math

from .motifs_paper import (
    INK,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    SAGE,
    SAND,
    SIGNAL,
    SLATE,
    TEAL,
    Ink,
    Point,
    Sheet,
    around,
    between,
    turned,
)


def chip(sheet: Sheet) -> None:
    """A pane of glass with a grid of squares, some of them crossed out."""
    rng = sheet.rng
    ground, glass = rng.choice([(SAND, TEAL), (ROSE, SLATE), (SAND, SLATE)])
    corners: list[Point] = [(170, 452), (890, 84), (1440, 426), (714, 810)]
    sheet.cover(ground)
    with sheet.plate(PAPER, fade=around(800, 380, 900)) as light:
        light.below(-20)
    with sheet.plate(INK, "over", fade=around(830, 590, 780)) as shadow:
        shadow.poly([(x + 20, y + 96) for x, y in corners], tone=0.6)
    with sheet.plate(glass) as edge:
        low = [(x, y + 26) for x, y in corners]
        edge.poly([corners[0], low[0], low[3], low[2], corners[2], corners[3]])
    with sheet.plate(MIST) as pane:
        pane.poly(corners)
    _reflections(sheet, corners)
    flaws = rng.sample([(i, j) for i in range(7) for j in range(6)], 7)
    with sheet.plate(glass, "over") as squares:
        for i in range(7):
            for j in range(6):
                tone = 0.35 if (i, j) in flaws else rng.choice([0.8, 0.9, 1])
                squares.poly(_cell(corners, i, j, 0.1), tone=tone)
    with sheet.plate(PAPER) as traces:
        for i in range(7):
            for j in range(6):
                if (i, j) not in flaws:
                    traces.poly(_cell(corners, i, j, 0.36), tone=0.75)
    with sheet.plate(SIGNAL) as crosses:
        for i, j in flaws:
            a, b, c, d = _cell(corners, i, j, 0.2)
            crosses.line([a, c], 14)
            crosses.line([b, d], 14)
    with sheet.plate(PAPER) as rim:
        rim.line([corners[3], corners[0], corners[1]], 5)
        rim.line([corners[1], corners[2], corners[3]], 5)


def _cell(corners: list[Point], column: int, row: int, gap: float) -> list[Point]:
    """A square of the 7 × 6 that lie on the pane."""
    a, b, c, d = corners

    def on(u: float, v: float) -> Point:
        u, v = 0.05 + 0.9 * u / 7, 0.05 + 0.9 * v / 6
        return between(between(a, b, u), between(d, c, u), v)

    left, right, top, bottom = column + gap, column + 1 - gap, row + gap, row + 1 - gap
    return [on(left, top), on(right, top), on(right, bottom), on(left, bottom)]


def _reflections(sheet: Sheet, corners: list[Point]) -> None:
    a, b, c, d = corners
    start = sheet.rng.uniform(0.1, 0.25)
    with sheet.plate(PAPER) as bands:
        for at, width in ((start, 0.16), (start + 0.22, 0.05), (start + 0.5, 0.1)):
            top = [between(a, b, at + 0.12), between(a, b, at + width + 0.12)]
            foot = [between(d, c, at + width - 0.1), between(d, c, at - 0.1)]
            bands.poly([*top, *foot], tone=0.75)


def wafer(sheet: Sheet) -> None:
    """A wafer that shines in several colours; one of its chips is marked."""
    rng = sheet.rng
    x, y, r = 860.0, 590.0, 540.0
    sheet.cover(INK)
    with sheet.plate(NIGHT, fade=around(x, y, 1000)) as halo:
        halo.below(-20)
    with sheet.plate(SLATE) as rim:
        rim.disc(x, y, r + 14)
    with sheet.plate(MIST) as disc:
        disc.disc(x, y, r)
    lean = rng.uniform(196, 226)
    for step, ink in enumerate((SLATE, TEAL, SAGE, OCHRE, ROSE, PAPER)):
        with sheet.plate(ink) as sheen:
            for half in (0, 180):
                sheen.poly(_wedge((x, y), r, lean + half + 17 * step, 17.4), tone=0.9)
    _dies(sheet, (x, y), r - 18, rng.uniform(-14, 14))


def _wedge(middle: Point, r: float, start: float, wide: float) -> list[Point]:
    angles = [math.radians(start + wide * step / 16) for step in range(17)]
    rim = [(middle[0] + r * math.cos(a), middle[1] + r * math.sin(a)) for a in angles]
    return [middle, *rim]


def _dies(sheet: Sheet, middle: Point, r: float, lean: float) -> None:
    wide, high = 84, 66
    found = []
    for i in range(-7, 8):
        for j in range(-9, 9):
            left, top = middle[0] + i * wide - wide / 2, middle[1] + j * high
            box = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
            if all(math.dist(point, middle) < r for point in box):
                found.append(turned(box, lean, middle))
    with sheet.plate(INK) as lines:
        for box in found:
            lines.line([*box, box[0]], 5)
    near = [box for box in found if box[2][1] < middle[1] and 200 < math.dist(box[0], middle) < 330]
    with sheet.plate(SIGNAL) as marked:
        marked.poly(sheet.rng.choice(near))


def light(sheet: Sheet) -> None:
    """Beams cross in a block of glass and leave it in other directions."""
    rng = sheet.rng
    sheet.cover(INK)
    with sheet.plate(NIGHT, fade=around(800, 450, 1000)) as halo:
        halo.below(-20)
    square = [(560, 230), (1040, 230), (1040, 710), (560, 710)]
    a, b, c, d = turned(square, rng.uniform(6, 18), (800, 470))
    back = [(x + 110, y - 84) for x, y in (a, b, c, d)]
    with sheet.plate(SLATE) as glass:
        glass.poly([a, back[0], back[1], back[2], c, b], tone=0.35)
        glass.poly([b, back[1], back[2], c], tone=0.5)
        glass.poly([a, b, c, d], tone=0.7)
    ways = [
        (SIGNAL, (-60, rng.uniform(60, 250)), between(a, d, 0.3), between(b, c, 0.8), (1660, 860)),
        (OCHRE, (-60, 640), between(a, d, 0.55), between(b, c, 0.3), (1660, rng.uniform(20, 240))),
        (MIST, (-60, 900), between(a, d, 0.85), between(a, b, 0.68), (1140, -60)),
        (TEAL, (rng.uniform(240, 520), -60), between(a, b, 0.2), between(d, c, 0.62), (1240, 960)),
    ]
    for ink, *way in ways:
        _beam(sheet, ink, way, rng.uniform(40, 56))
    with sheet.plate(PAPER) as edges:
        edges.line([back[0], back[1], back[2]], 4, tone=0.7)
        for front, behind in ((a, back[0]), (b, back[1]), (c, back[2])):
            edges.line([front, behind], 4, tone=0.7)
        edges.line([a, b, c, d, a], 7)


def _beam(sheet: Sheet, ink: Ink, way: list[Point], wide: float) -> None:
    with sheet.plate(ink, "glow") as beam:
        beam.line(way, wide)
    with sheet.plate(PAPER, "glow") as core:
        core.line(way, wide * 0.14, tone=0.7)
