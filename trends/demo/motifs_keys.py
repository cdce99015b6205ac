"""Drawings of what is locked and what is opened."""

import math
from itertools import pairwise

from .motifs_paper import (
    INK,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    SAND,
    SIGNAL,
    SLATE,
    TEAL,
    WIDTH,
    Ink,
    Plate,
    Point,
    Sheet,
    across,
    around,
    down,
    slanted,
)


def key(sheet: Sheet) -> None:
    """A key whose bow is a fingerprint, above a row of small shop fronts."""
    rng = sheet.rng
    sky, tint = rng.choice([(MIST, SLATE), (SAND, TEAL), (ROSE, SLATE)])
    sheet.cover(sky)
    with sheet.plate(PAPER, fade=down(-100, 620)) as air:
        air.box(-20, -20, WIDTH + 20, 700)
    for ink, off in ((tint, 16.0), (SIGNAL, 0.0)):
        with sheet.plate(ink, "over" if off else "flat") as metal:
            metal.disc(480 + off, 310 + off, 226, tone=0.6 if off else 1)
            metal.box(
                690 + off, 276 + off, 1330 + off, 344 + off, radius=10, tone=0.6 if off else 1
            )
            for i, deep in enumerate((96, 60, 128)):
                left = 1090 + 78 * i + off
                metal.box(left, 330 + off, left + 50, 344 + deep + off, tone=0.6 if off else 1)
    _fingerprint(sheet, (480, 310))
    _shops(sheet, tint)


def _fingerprint(sheet: Sheet, middle: Point) -> None:
    rng = sheet.rng
    x, y = middle
    with sheet.plate(PAPER) as ridges:
        for i in range(8):
            size, sink = 18 + 24 * i, 24 - 3.4 * i
            ridge = slanted(x - sink * 0.4, y + sink, size * 0.86, size * 1.04, 22)
            gaps = sorted(rng.sample(range(0, 90, 6), 1 if i < 2 else rng.choice([2, 3])))
            for a, b in pairwise([*gaps, gaps[0] + 90]):
                ridges.line([ridge[k % 90] for k in range(a + 90 // (size // 9 + 5), b)], 11)


def _shops(sheet: Sheet, tint: Ink) -> None:
    rng = sheet.rng
    lefts = [-70 + 252 * i for i in range(7)]
    open_one = rng.randrange(2, 5)
    tops = [rng.choice([600, 622, 644]) for _ in lefts]
    with sheet.plate(INK) as walls:
        walls.below(866)
        for left, top in zip(lefts, tops, strict=True):
            walls.box(left, top, left + 244, 880)
    with sheet.plate(tint) as glass:
        for left in lefts:
            glass.box(left + 22, 748, left + 150, 838)
            glass.box(left + 172, 748, left + 222, 868)
    with sheet.plate(OCHRE) as lit:
        lit.box(lefts[open_one] + 22, 748, lefts[open_one] + 150, 838)
    for odd in (0, 1):
        with sheet.plate(PAPER if odd else tint) as awning:
            for i, left in enumerate(lefts):
                if odd or i != open_one:
                    _awning(awning, left, odd)
    with sheet.plate(SIGNAL) as awning:
        _awning(awning, lefts[open_one], 0)
    with sheet.plate(PAPER) as signs:
        for left, top in zip(lefts, tops, strict=True):
            signs.box(left + 60, top + 18, left + 184, top + 30, tone=0.7)


def _awning(awning: Plate, left: float, odd: int) -> None:
    for stripe in range(odd, 8, 2):
        a, b = left + 6 + 29 * stripe, left + 35 + 29 * stripe
        awning.box(a, 684, b, 732)
        awning.disc((a + b) / 2, 732, 14.5)


def vault(sheet: Sheet) -> None:
    """A round vault door that stands a hand's breadth open."""
    rng = sheet.rng
    wall, steel = rng.choice([(NIGHT, MIST), (SLATE, MIST), (NIGHT, SAND)])
    sheet.cover(wall)
    with sheet.plate(INK, "over", fade=across(0, 1000)) as dim:
        dim.below(-20, tone=0.7)
    with sheet.plate(INK) as frame:
        frame.disc(860, 440, 396)
        frame.below(820)
    with sheet.plate(SIGNAL) as inside:
        inside.disc(860, 440, 352)
    with sheet.plate(OCHRE, fade=around(1180, 440, 330)) as warm:
        warm.disc(860, 440, 352)
    with sheet.plate(SIGNAL, fade=down(740, 930)) as spill:
        spill.poly([(1010, 820), (1190, 820), (1480, 920), (1130, 920)])
    with sheet.plate(SLATE) as thick:
        thick.oval(798, 440, 338, 358)
        for i in range(-3, 4):
            angle = math.radians(i * 20)
            x, y = 798 + 330 * math.cos(angle), 440 + 350 * math.sin(angle)
            thick.box(x - 30, y - 15, x + 34, y + 15, radius=8)
    with sheet.plate(steel) as door:
        door.oval(742, 440, 338, 358)
    _dial(sheet, (742, 440), steel)
    with sheet.plate(INK) as hinges:
        for y in (270, 610):
            hinges.box(352, y - 46, 470, y + 46, radius=14)


def _dial(sheet: Sheet, middle: Point, steel: Ink) -> None:
    x, y = middle
    turn = sheet.rng.uniform(0, 72)
    with sheet.plate(INK) as lines:
        lines.ring(x, y, 304, 10, flat=1.06)
        lines.ring(x, y, 226, 6, flat=1.06)
        for i in range(24):
            angle = math.tau * i / 24
            lines.oval(x + 266 * math.cos(angle), y + 281 * math.sin(angle), 10, 11)
    with sheet.plate(INK) as wheel:
        wheel.ring(x, y, 150, 24)
        for i in range(5):
            angle = math.radians(turn + 72 * i)
            tip = (x + 186 * math.cos(angle), y + 186 * math.sin(angle))
            wheel.line([middle, tip], 22)
            wheel.disc(*tip, 24)
        wheel.disc(x, y, 54)
    with sheet.plate(SIGNAL) as hub:
        hub.disc(x, y, 26)
