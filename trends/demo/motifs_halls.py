"""Drawings of the halls in which computers stand, and of where their warmth goes."""

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
    Ink,
    Point,
    Sheet,
    around,
    bent,
    between,
    down,
)


def racks(sheet: Sheet) -> None:
    """A row of racks; their cables come down from above."""
    rng = sheet.rng
    wall, near = rng.choice([(SAND, SLATE), (MIST, NIGHT), (ROSE, NIGHT), (SAGE, NIGHT)])
    lefts = [-90 + 310 * i for i in range(6)]
    signal = rng.randrange(2, 4)
    sheet.cover(wall)
    with sheet.plate(PAPER, fade=down(-150, 560)) as light:
        light.box(-20, -20, WIDTH + 20, 700)
    with sheet.plate(near, "over") as floor:
        floor.below(800, tone=0.6)
    _cables(sheet, [left + 130 for left in lefts], signal, near)
    with sheet.plate(near) as sides:
        for left in lefts:
            sides.poly([(left + 210, 352), (left + 262, 322), (left + 262, 812), (left + 210, 850)])
    with sheet.plate(INK) as fronts:
        for left in lefts:
            fronts.poly([(left, 352), (left + 52, 322), (left + 262, 322), (left + 210, 352)])
            fronts.box(left, 351, left + 210, 850)
    with sheet.plate(wall) as slots:
        for left in lefts:
            for row in range(14):
                top = 384 + row * 32
                slots.box(left + 22, top, left + 188, top + 10, tone=0.4 if row % 5 else 0.85)
    with sheet.plate(SIGNAL) as lamps:
        for i, left in enumerate(lefts):
            for row in rng.sample(range(14), 10 if i == signal else 1):
                lamps.box(left + 148, 384 + row * 32, left + 188, 394 + row * 32)


def _cables(sheet: Sheet, middles: list[float], signal: int, near: Ink) -> None:
    lean = sheet.rng.choice([-1, 1]) * sheet.rng.uniform(150, 240)
    for ink in (near, INK, SIGNAL):
        with sheet.plate(ink) as cables:
            for i, middle in enumerate(middles):
                if ink != (SIGNAL if i == signal else (near, INK)[i % 2]):
                    continue
                for strand in range(-2, 3):
                    foot, top = middle + strand * 26, middle + lean + strand * 26
                    cables.line(bent([(top, -30), (top, 190), (foot, 90), (foot, 338)]), 12)


def cooling(sheet: Sheet) -> None:
    """A blue and a red pipe run along a row of racks and meet at a meter."""
    rng = sheet.rng
    wall, cold = rng.choice([(SAND, SLATE), (PAPER, SLATE), (MIST, NIGHT)])
    lefts = [-110 + 205 * i for i in range(5)]
    sheet.cover(wall)
    with sheet.plate(OCHRE if wall != MIST else PAPER, fade=around(1180, 450, 700)) as halo:
        halo.below(-20)
    with sheet.plate(INK, "over") as floor:
        floor.below(800, tone=0.35)
    with sheet.plate(INK) as fronts:
        for left in lefts:
            fronts.box(left, 262, left + 182, 806, radius=6)
    with sheet.plate(wall) as slots:
        for left in lefts:
            for row in range(13):
                top = 292 + row * 26
                slots.box(left + 22, top, left + 160, top + 8, tone=rng.choice([0.3, 0.3, 0.75]))
    supply: list[Point] = [(-40, 150), (1180, 150), (1180, 450), (WIDTH + 40, 400)]
    _pipe(sheet, cold, [supply[:3], [(1180, 400), supply[3]]], lefts, (150, 300))
    heated: list[Point] = [(-40, 706), (1180, 706), (1180, 450), (WIDTH + 40, 500)]
    _pipe(sheet, SIGNAL, [heated[:3], [(1180, 500), heated[3]]], lefts, (706, 640))
    _meter(sheet, (1180, 450), rng.uniform(-60, 60))


def _pipe(
    sheet: Sheet,
    ink: Ink,
    runs: list[list[Point]],
    racks: list[int],
    branch: tuple[float, float],
) -> None:
    """`branch`: from which height to which a pipe leads into each rack."""
    with sheet.plate(ink) as pipe:
        for run in runs:
            pipe.line(run, 62)
        for left in racks:
            pipe.line([(left + 91, branch[0]), (left + 91, branch[1])], 26, blunt=True)
    with sheet.plate(PAPER) as shine:
        shine.line([(-40, branch[0] - 14), (1150, branch[0] - 14)], 7, tone=0.5)
        shine.line([(1350, runs[1][0][1] - 14), (WIDTH + 40, runs[1][0][1] - 14)], 7, tone=0.5)
    with sheet.plate(INK) as flanges:
        for left in racks:
            flanges.box(left + 70, branch[1] - 12, left + 112, branch[1] + 12, radius=4)
            flanges.box(left + 182, branch[0] - 40, left + 204, branch[0] + 40, radius=5)
        flanges.box(1420, runs[1][0][1] - 40, 1442, runs[1][0][1] + 40, radius=5)


def _meter(sheet: Sheet, at: Point, degrees: float) -> None:
    x, y = at
    with sheet.plate(INK) as case:
        case.disc(x, y, 212)
    with sheet.plate(PAPER) as face:
        face.disc(x, y, 178)
    with sheet.plate(INK) as marks:
        for step in range(25):
            angle = math.radians(150 + 10 * step)
            inner = 128 if step % 4 == 0 else 144
            marks.line([_polar(at, inner, angle), _polar(at, 160, angle)], 7, blunt=True)
        marks.box(x - 62, y + 66, x + 62, y + 104, radius=6)
    with sheet.plate(SIGNAL) as needle:
        angle = math.radians(degrees - 60)
        needle.line([_polar(at, -36, angle), _polar(at, 138, angle)], 13)
        needle.disc(x, y, 24)


def _polar(middle: Point, r: float, angle: float) -> Point:
    return (middle[0] + r * math.cos(angle), middle[1] + r * math.sin(angle))


def water(sheet: Sheet) -> None:
    """A swimming bath with lanes; a pipe enters from the left."""
    rng = sheet.rng
    wall, pool = rng.choice([(SAND, TEAL), (ROSE, TEAL), (SAND, SLATE)])
    far = ((500.0, 400.0), (1180.0, 400.0))
    near = ((-330.0, 930.0), (1930.0, 930.0))
    sheet.cover(wall)
    _windows(sheet, pool)
    with sheet.plate(PAPER) as rim:
        rim.poly([(455, 384), (1225, 384), (2100, 940), (-500, 940)])
    with sheet.plate(pool) as basin:
        basin.poly([*far, near[1], near[0]])
    with sheet.plate(NIGHT, "over", fade=down(380, 640)) as deep:
        deep.poly([*far, near[1], near[0]], tone=0.6)
    with sheet.plate(PAPER, "glow") as ripples:
        for _ in range(70):
            depth = rng.random() ** 1.6
            y, half = 412 + depth * 480, (0.2 + depth) * rng.uniform(30, 95)
            x = rng.uniform(500 - 830 * depth, 1180 + 750 * depth)
            ripples.line([(x - half, y), (x + half, y)], 2 + 6 * depth, tone=0.28)
    _lanes(sheet, far, near)
    _inlet(sheet)


def _windows(sheet: Sheet, pool: Ink) -> None:
    with sheet.plate(pool, "over") as panes:
        panes.box(-20, 40, WIDTH + 20, 322, tone=0.5)
    with sheet.plate(PAPER) as sun:
        sun.disc(sheet.rng.uniform(880, 1180), 206, 88)
    with sheet.plate(INK) as frames:
        for i in range(8):
            frames.box(44 + 212 * i, 34, 56 + 212 * i, 334)
        frames.box(-20, 34, WIDTH + 20, 46)
        frames.box(-20, 176, WIDTH + 20, 182)
        frames.box(-20, 318, WIDTH + 20, 334)
    with sheet.plate(INK, "over") as skirting:
        skirting.box(-20, 376, WIDTH + 20, 384, tone=0.4)


def _lanes(sheet: Sheet, far: tuple[Point, Point], near: tuple[Point, Point]) -> None:
    for ink, odd in ((PAPER, 0), (SIGNAL, 1)):
        with sheet.plate(ink) as floats:
            for lane in range(1, 6):
                a, b = between(*far, lane / 6), between(*near, lane / 6)
                for bead in range(46):
                    depth = (bead / 46) ** 2
                    x, y = between(a, b, depth)
                    if bead // 3 % 2 == odd:
                        floats.oval(x, y, 3 + 17 * depth, 2.5 + 11 * depth)


def _inlet(sheet: Sheet) -> None:
    curve = [(-40.0, 470.0), *bent([(270, 470), (360, 470), (360, 560)], 16), (360.0, 690.0)]
    with sheet.plate(ROSE, "glow", fade=around(380, 730, 340)) as warmth:
        warmth.poly([(262, 530), (800, 530), (800, 930), (-330, 930)], tone=0.9)
    with sheet.plate(PAPER) as rings:
        for r in (76, 122, 176):
            rings.ring(360, 694, r, 6, flat=0.32, tone=0.9 - r / 300)
    with sheet.plate(SIGNAL) as pipe:
        pipe.line(curve, 84, blunt=True)
        pipe.oval(360, 690, 42, 13)
    with sheet.plate(PAPER) as shine:
        shine.line([(-40, 448), (250, 448)], 8, tone=0.6)
    with sheet.plate(INK) as flanges:
        flanges.box(130, 416, 158, 524, radius=6)
        flanges.box(306, 590, 414, 618, radius=6)
