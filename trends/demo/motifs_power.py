"""Drawings of power as it is made and transformed."""

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
    WIDTH,
    Point,
    Sheet,
    around,
    bent,
    between,
    down,
    wave,
)


def solar(sheet: Sheet) -> None:
    """Rows of solar panels under a large sun; a small hall behind them."""
    rng = sheet.rng
    sky, field = rng.choice([(SAND, SAGE), (ROSE, SAGE), (SAND, OCHRE)])
    sun = rng.uniform(960, 1160)
    sheet.cover(PAPER)
    with sheet.plate(sky, fade=down(540, -200)) as air:
        air.box(-20, -20, WIDTH + 20, 560)
    with sheet.plate(SIGNAL) as disc:
        disc.disc(sun, 330, 262)
    with sheet.plate(SLATE, "over") as hills:
        hills.poly(wave(470, 34, 1300, rng.uniform(0, 6)), tone=0.55)
    with sheet.plate(INK) as hall:
        hall.box(300, 416, 640, 520)
        hall.poly([(286, 418), (330, 384), (610, 384), (654, 418)])
    with sheet.plate(OCHRE) as doors:
        for i in range(6):
            doors.box(326 + 50 * i, 452, 352 + 50 * i, 484)
    with sheet.plate(field) as ground:
        ground.poly(wave(520, 6, 1600, 1))
    rows = [(596.0, 58.0, 96.0), (706.0, 92.0, 150.0), (876.0, 138.0, 226.0)]
    with sheet.plate(INK, "over") as shadows:
        for foot, high, _ in rows:
            shadows.box(-20, foot + high * 0.06, WIDTH + 20, foot + high * 0.26, tone=0.5)
    _panels(sheet, rows, sun)


def _panels(sheet: Sheet, rows: list[tuple[float, float, float]], sun: float) -> None:
    with sheet.plate(NIGHT) as panels:
        for row in rows:
            for panel in _row(row):
                panels.poly(panel)
    with sheet.plate(SIGNAL, fade=around(sun, 660, 420)) as gleam:
        for row in rows:
            for panel in _row(row):
                gleam.poly(panel, tone=0.75)
    with sheet.plate(PAPER) as lines:
        for row in rows:
            width = row[2] / 60
            for a, b, c, d in _row(row):
                lines.line([a, b, c, d, a], width * 1.6)
                lines.line([between(a, d, 0.5), between(b, c, 0.5)], width)
                for share in (0.25, 0.5, 0.75):
                    lines.line([between(a, b, share), between(d, c, share)], width, tone=0.8)


def _row(row: tuple[float, float, float]) -> list[tuple[Point, Point, Point, Point]]:
    foot, high, wide = row
    lefts = [-wide + i * wide * 1.08 for i in range(math.ceil(WIDTH / wide) + 2)]
    lean = high * 0.5
    return [
        ((x + lean, foot - high), (x + lean + wide, foot - high), (x + wide, foot), (x, foot))
        for x in lefts
    ]


def transformer(sheet: Sheet) -> None:
    """A transformer with three tall insulators."""
    rng = sheet.rng
    sky, disc = rng.choice([(MIST, OCHRE), (SAND, SAGE), (SAGE, OCHRE), (ROSE, TEAL)])
    sheet.cover(sky)
    with sheet.plate(disc) as back:
        back.disc(800, 400, 372)
    with sheet.plate(INK, "over") as ground:
        ground.below(800, tone=0.5)
    tops = [(570.0, 176.0), (800.0, 136.0), (1030.0, 176.0)]
    lean = rng.choice([-1, 1])
    with sheet.plate(SIGNAL) as wires:
        for x, y in tops:
            wires.line(bent([(x, y), (x + lean * 20, y - 120), (x + lean * 420, -60)]), 9)
    for x, y in tops:
        _insulator(sheet, x, y, 540)
    with sheet.plate(SLATE) as fins:
        for i in range(9):
            fins.box(250 + 26 * i, 566, 266 + 26 * i, 786, radius=6)
            fins.box(1126 + 26 * i, 566, 1142 + 26 * i, 786, radius=6)
        fins.box(250, 588, 1350, 606)
        fins.box(250, 744, 1350, 762)
    with sheet.plate(INK) as tank:
        tank.box(470, 530, 1130, 806, radius=12)
        tank.box(440, 516, 1160, 546, radius=8)
        tank.box(430, 800, 1170, 836, radius=4)
    with sheet.plate(SLATE) as ribs:
        for i in range(5):
            ribs.box(520 + 138 * i, 566, 528 + 138 * i, 786)
    with sheet.plate(SIGNAL) as sign:
        sign.poly([(812, 596), (752, 692), (794, 692), (776, 762), (850, 660), (804, 660)])


def _insulator(sheet: Sheet, x: float, top: float, foot: float) -> None:
    step = (foot - 46 - top) / 11
    sheds = [(top + 26 + i * step, 44 + 3.4 * i) for i in range(11)]
    with sheet.plate(INK) as core:
        core.box(x - 15, top - 8, x + 15, foot)
        core.disc(x, top - 4, 24)
    for ink, left, right in ((PAPER, -1.0, 0.36), (SLATE, 0.3, 1.0)):
        with sheet.plate(ink) as plate:
            for y, half in sheds:
                a, b, low = x + left * half, x + right * half, y + step * 0.5
                neck = 0.4 * half
                plate.poly([(max(a, x - neck), y), (min(b, x + neck), y), (b, low), (a, low)])
                plate.box(a, low - 2, b, low + step * 0.22, radius=3)
