"""Drawings of power as it is carried and kept."""

from itertools import pairwise

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
    Plate,
    Point,
    Sheet,
    bent,
    between,
    down,
    wave,
)

Mast = tuple[float, float, float]  # x, height of the foot on the sheet, height


def grid(sheet: Sheet) -> None:
    """An island with pylons, a large battery on its shore and a cable into the sea."""
    rng = sheet.rng
    sky, sun = rng.choice([(SAND, ROSE), (MIST, PAPER), (SAND, OCHRE)])
    sheet.cover(sky)
    with sheet.plate(sun) as disc:
        disc.disc(rng.uniform(420, 640), 300, 230)
    with sheet.plate(SAGE) as back:
        back.poly(bent([(60, 650), (250, 250), (560, 320), (960, 650)]))
    with sheet.plate(TEAL) as island:
        island.poly([*bent([(20, 660), (330, 390), (900, 450), (1250, 640)]), (1250, 700)])
    masts = [(230.0, 536.0, 250.0), (470.0, 505.0, 270.0), (710.0, 528.0, 250.0)]
    with sheet.plate(INK) as steel:
        _pylons(steel, masts, 3)
        for side in (-1, 1):
            a = _arm(masts[-1], side)
            steel.line(bent([a, ((a[0] + 960) / 2, 450), (960, 470)]), 3)
    _battery(sheet)
    for top, ink, swell in ((636, SLATE, 7), (716, NIGHT, 9), (806, INK, 8)):
        with sheet.plate(ink) as sea:
            sea.poly(wave(top, swell, rng.uniform(300, 460), rng.uniform(0, 6)))
    with sheet.plate(PAPER) as foam:
        for _ in range(26):
            x, y = rng.uniform(-40, WIDTH), rng.uniform(655, 700)
            foam.line([(x, y), (x + rng.uniform(20, 90), y)], 4, tone=0.4)
    route = bent([(1130, 560), (1210, 560), (1200, 830), (1330, 822)])
    with sheet.plate(SIGNAL) as cable:
        cable.line([*route, (WIDTH + 40, 836)], 15)


def _battery(sheet: Sheet) -> None:
    with sheet.plate(INK) as case:
        case.box(880, 400, 1150, 606, radius=14)
        for x in (930, 1060):
            case.box(x, 374, x + 44, 410, radius=6)
        case.box(860, 596, 1170, 660)
    level = sheet.rng.choice([2, 3])
    with sheet.plate(PAPER) as empty:
        for i in range(4):
            empty.box(906 + 57 * i, 430, 950 + 57 * i, 576, radius=5, tone=0.9)
    with sheet.plate(SIGNAL) as charge:
        for i in range(level):
            charge.box(906 + 57 * i, 430, 950 + 57 * i, 576, radius=5)


def towers(sheet: Sheet) -> None:
    """Cooling towers, their steam, and the lines that lead away."""
    rng = sheet.rng
    sky, far = rng.choice([(ROSE, SLATE), (SAND, TEAL), (OCHRE, SLATE)])
    sheet.cover(sky)
    with sheet.plate(PAPER, fade=down(-60, 700)) as air:
        air.below(-20)
    with sheet.plate(SIGNAL) as sun:
        sun.disc(rng.uniform(1080, 1260), 470, 150)
    for x, foot, high in ((760.0, 740.0, 380.0), (370.0, 800.0, 520.0)):
        _steam(sheet, x + 10, foot - high, high)
        _tower(sheet, x, foot, high, far)
    with sheet.plate(NIGHT) as hills:
        hills.poly(wave(736, 12, 1100, rng.uniform(0, 6)))
    with sheet.plate(INK) as near:
        near.poly(wave(800, 10, 1500, rng.uniform(0, 6)))
        masts = [(1000.0, 770.0, 250.0), (1200.0, 800.0, 390.0), (1500.0, 860.0, 640.0)]
        _pylons(near, masts, 4)


def _tower(sheet: Sheet, x: float, foot: float, high: float, shade: Ink) -> None:
    def side(s: float) -> list[Point]:
        return bent(
            [
                (x + s * 0.44 * high, foot),
                (x + s * 0.15 * high, foot - 0.6 * high),
                (x + s * 0.27 * high, foot - high),
            ]
        )

    with sheet.plate(PAPER) as body:
        body.poly([*side(-1), *reversed(side(1))])
    with sheet.plate(shade) as dark:
        dark.poly([*side(0.1), *reversed(side(1))])
        dark.oval(x, foot - high, 0.27 * high, 0.045 * high)


def _steam(sheet: Sheet, x: float, y: float, high: float) -> None:
    rng = sheet.rng
    with sheet.plate(PAPER) as puffs:
        for i in range(9):
            r = high * (0.16 + 0.035 * i)
            puffs.disc(x + i * i * 5 + rng.uniform(-20, 20), y - i * high * 0.1, r, tone=0.95)


def _pylons(steel: Plate, masts: list[Mast], width: float) -> None:
    """Masts and the wires from each to the next."""
    for mast in masts:
        _pylon(steel, *mast)
    for one, other in pairwise(masts):
        for side in (-1, 1):
            a, b = _arm(one, side), _arm(other, side)
            x, y = between(a, b, 0.5)
            steel.line(bent([a, (x, y + 50), b]), width)


def _arm(mast: Mast, side: int) -> Point:
    x, foot, high = mast
    return (x + side * 0.26 * high, foot - 0.72 * high)


def _pylon(steel: Plate, x: float, foot: float, high: float) -> None:
    """A lattice mast that stands on `foot`."""
    thick = high / 42
    waist, top = foot - 0.62 * high, foot - high
    legs = [[(x + s * 0.17 * high, foot), (x + s * 0.05 * high, waist), (x, top)] for s in (-1, 1)]
    for leg in legs:
        steel.line(leg, thick)
    for step in range(5):
        a, b = step / 5, (step + 1) / 5
        for one, other in (legs, legs[::-1]):
            steel.line([between(one[0], one[1], a), between(other[0], other[1], b)], thick * 0.6)
    for share, half in ((0.72, 0.26), (0.87, 0.18)):
        y = foot - share * high
        steel.line([(x - half * high, y), (x, y - 0.06 * high), (x + half * high, y)], thick * 0.8)
        steel.line([(x - half * high, y), (x + half * high, y)], thick * 0.8)
