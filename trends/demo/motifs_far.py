"""Drawings of what goes far: cables, orbits, signals."""

import math

from .motifs_paper import (
    HEIGHT,
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
    Plate,
    Point,
    Sheet,
    around,
    bent,
    between,
    down,
    slanted,
    turned,
    wave,
)


def cables(sheet: Sheet) -> None:
    """A cable leaves the shore, crosses the seabed and is laid by a ship under stars."""
    rng = sheet.rng
    sea = rng.choice([(TEAL, (52, 96, 104)), (SLATE, (70, 90, 118))])
    sheet.cover(INK)
    with sheet.plate(sea[0], fade=down(400, 30)) as dusk:
        dusk.box(-20, -20, WIDTH + 20, 420)
    _stars(sheet, 90, 330)
    over = rng.uniform(640, 860)
    with sheet.plate(PAPER) as moon:
        moon.disc(over, 214, 92)
    with sheet.plate(sea[0]) as top:
        top.poly(wave(392, 7, 330, rng.uniform(0, 6)))
    with sheet.plate(PAPER, fade=around(over, 400, 240)) as path:
        for i in range(7):
            path.line([(over - 80 + 8 * i, 416 + 14 * i), (over + 80 - 8 * i, 416 + 14 * i)], 4)
    with sheet.plate(sea[1]) as mid:
        mid.poly(wave(500, 10, 520, rng.uniform(0, 6)))
    with sheet.plate(NIGHT) as deep:
        deep.poly(wave(620, 14, 760, rng.uniform(0, 6)))
    with sheet.plate(INK) as land:
        land.poly(
            [
                (-40, 330),
                (110, 322),
                (220, 372),
                (300, 470),
                (420, 640),
                (560, 760),
                (820, 800),
                (1100, 770),
                (1350, 810),
                (1660, 780),
                (1660, 940),
                (-40, 940),
            ]
        )
        land.box(70, 262, 170, 330)
        land.poly([(56, 266), (120, 222), (184, 266)])
        _ship(land, 1240, 392)
    with sheet.plate(OCHRE) as lamps:
        lamps.box(104, 284, 136, 312)
        for x in (1212, 1244, 1276):
            lamps.box(x, 330, x + 16, 344)
    route = bent([(150, 330), (330, 340), (380, 760), (800, 776)])
    rise = bent([(800, 776), (1080, 790), (1120, 560), (1150, 384)])
    with sheet.plate(SIGNAL) as cable:
        cable.line([*route, *rise[1:]], 12)
        for at in (route[36], rise[14]):
            cable.line([(at[0] - 26, at[1]), (at[0] + 26, at[1])], 30)


def _ship(hull: Plate, x: float, y: float) -> None:
    hull.poly([(x - 110, y - 30), (x + 190, y - 30), (x + 160, y + 22), (x - 80, y + 22)])
    hull.box(x - 50, y - 84, x + 70, y - 28)
    hull.box(x - 10, y - 124, x + 30, y - 80)
    hull.line([(x + 130, y - 30), (x + 130, y - 130)], 6)
    hull.ring(x - 104, y - 26, 26, 9)


def orbit(sheet: Sheet) -> None:
    """Satellites on their orbits over the edge of a planet."""
    rng = sheet.rng
    planet, haze = rng.choice([(TEAL, SAGE), (SLATE, MIST), (NIGHT, ROSE)])
    x, y, r = 800.0, 1330.0, 860.0
    sheet.cover(INK)
    _stars(sheet, 120, HEIGHT)
    with sheet.plate(SIGNAL) as sun:
        sun.disc(rng.uniform(1090, 1190), 500, 124)
    with sheet.plate(haze) as air:
        air.disc(x, y, r + 20)
    with sheet.plate(planet) as globe:
        globe.disc(x, y, r)
    with sheet.plate(haze) as clouds:
        for i in range(7):
            start = rng.uniform(225, 290)
            clouds.ring(
                x, y, r - 44 - 46 * i, 17, start=start, end=start + rng.uniform(8, 30), tone=0.45
            )
    with sheet.plate(INK, fade=around(420, 1120, 820)) as night:
        night.disc(x, y, r)
    radii = (980.0, 1098.0, 1216.0)
    with sheet.plate(PAPER) as lines:
        for i, path in enumerate(radii):
            lines.ring(x, y, path, 3.5, tone=0.8 - 0.15 * i)
    spots = [(rng.uniform(262, 272), 62), (rng.uniform(238, 250), 84), (rng.uniform(280, 291), 50)]
    for path, (degrees, size) in zip(radii, spots, strict=True):
        angle = math.radians(degrees)
        at = (x + path * math.cos(angle), y + path * math.sin(angle))
        _satellite(sheet, at, size, degrees - 270)


def _satellite(sheet: Sheet, at: Point, size: float, lean: float) -> None:
    x, y = at

    def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return turned([(x + a * size, y + b * size) for a, b in corners], lean, at)

    with sheet.plate(PAPER) as body:
        body.poly(box(-0.34, -0.46, 0.34, 0.46))
        body.poly(box(-1.9, -0.05, 1.9, 0.05))
        body.poly(
            slanted(*turned([(x, y + 0.72 * size)], lean, at)[0], 0.36 * size, 0.14 * size, lean)
        )
    with sheet.plate(OCHRE) as wings:
        for side in (-1, 1):
            for i in range(3):
                a = side * (0.55 + 0.5 * i)
                wings.poly(box(min(a, a + side * 0.43), -0.42, max(a, a + side * 0.43), 0.42))
    with sheet.plate(SIGNAL) as mark:
        mark.poly(box(-0.34, -0.12, 0.34, 0.12))


def _stars(sheet: Sheet, number: int, lowest: float) -> None:
    rng = sheet.rng
    with sheet.plate(PAPER) as stars:
        for _ in range(number):
            stars.disc(rng.uniform(0, WIDTH), rng.uniform(0, lowest), rng.choice([2, 2.5, 4]))


def antennas(sheet: Sheet) -> None:
    """A field of dishes that all look the same way."""
    rng = sheet.rng
    sky, ground = rng.choice([(ROSE, NIGHT), (SAND, TEAL), (MIST, NIGHT)])
    sheet.cover(sky)
    with sheet.plate(PAPER, fade=down(-80, 640)) as air:
        air.box(-20, -20, WIDTH + 20, 700)
    with sheet.plate(SIGNAL) as sun:
        sun.disc(rng.uniform(1000, 1180), 270, 150)
    with sheet.plate(SLATE, "over") as hills:
        hills.poly(wave(560, 36, 1000, rng.uniform(0, 6)), tone=0.5)
        hills.poly(wave(610, 24, 640, rng.uniform(0, 6)), tone=0.7)
    with sheet.plate(ground) as field:
        field.poly(wave(650, 5, 900, 0))
    dishes = [
        (1530.0, 660.0, 34.0),
        (1430.0, 668.0, 44.0),
        (1300.0, 682.0, 60.0),
        (1120.0, 706.0, 86.0),
        (840.0, 750.0, 134.0),
        (380.0, 846.0, 216.0),
    ]
    _dishes(sheet, dishes, rng.uniform(22, 34))


def _dishes(sheet: Sheet, dishes: list[tuple[float, float, float]], lean: float) -> None:
    """Each dish: x and height of its foot on the sheet, and its size."""
    with sheet.plate(INK) as stands:
        for x, y, size in dishes:
            hub, thin, wide = y - 1.25 * size, 0.12 * size, 0.42 * size
            stands.poly([(x - thin, hub), (x + thin, hub), (x + wide, y), (x - wide, y)])
            stands.oval(x, y, 0.62 * size, 0.08 * size)
    with sheet.plate(SLATE) as backs:
        for x, y, size in dishes:
            middle = turned([(x, y - 1.61 * size)], lean, (x, y - 1.25 * size))[0]
            backs.poly(slanted(*middle, 1.2 * size, 0.8 * size, lean)[:46])
    with sheet.plate(PAPER) as faces:
        for dish in dishes:
            faces.poly(_rim(dish, lean))
    with sheet.plate(SLATE) as shades:
        for dish in dishes:
            rim = _rim(dish, lean)
            inner = between(between(rim[0], rim[45], 0.5), rim[46], 0.55)
            shades.poly([*rim[24:69], *bent([rim[68], inner, rim[24]], 24)], tone=0.45)
    with sheet.plate(INK) as feeds:
        for x, y, size in dishes:
            rim = _rim((x, y, size), lean)
            focus = turned([(x, y - 2.4 * size)], lean, (x, y - 1.25 * size))[0]
            for spoke in (0, 22, 45):
                feeds.line([rim[spoke], focus], max(2.5, size * 0.035))
            feeds.disc(*focus, 0.1 * size)


def _rim(dish: tuple[float, float, float], lean: float) -> list[Point]:
    x, y, size = dish
    middle = turned([(x, y - 1.61 * size)], lean, (x, y - 1.25 * size))[0]
    return slanted(*middle, 1.2 * size, 0.42 * size, lean)
