"""Drawings of works: where things are made and moved."""

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
    Plate,
    Point,
    Sheet,
    around,
    between,
    down,
)


def factory(sheet: Sheet) -> None:
    """A long low factory at night, with one lit window."""
    rng = sheet.rng
    dusk = rng.choice([ROSE, MIST, OCHRE])
    lit = rng.randrange(7, 15)
    sheet.cover(NIGHT)
    with sheet.plate(dusk, fade=down(760, 210)) as glow:
        glow.box(-20, -20, WIDTH + 20, 760, tone=0.8)
    with sheet.plate(PAPER) as moon:
        moon.disc(rng.choice([330, 1080]), 190, 72)
    with sheet.plate(SLATE) as hills:
        hills.poly(
            [(-20, 560), (340, 470), (760, 590), (1180, 486), (1640, 590), (1640, 760), (-20, 760)]
        )
    with sheet.plate(INK) as works:
        works.box(120, 560, 1480, 722)
        for tooth in range(8):
            left = 120 + 170 * tooth
            works.poly([(left, 562), (left, 462), (left + 170, 562)])
        works.poly([(1298, 562), (1310, 230), (1360, 230), (1372, 562)])
        works.below(720)
    with sheet.plate(SLATE) as dark:
        for pane in range(22):
            if pane != lit:
                dark.box(146 + 60 * pane, 604, 188 + 60 * pane, 664, tone=0.5)
    left = 146 + 60 * lit
    with sheet.plate(OCHRE, fade=down(650, 900)) as spill:
        spill.poly([(left - 30, 722), (left + 72, 722), (left + 320, 920), (left - 280, 920)])
    with sheet.plate(SIGNAL) as window:
        window.box(left, 600, left + 42, 668)
    with sheet.plate(SIGNAL, "glow", fade=around(left + 21, 634, 210)) as shine:
        shine.disc(left + 21, 634, 210, tone=0.8)
    with sheet.plate(INK) as bars:
        bars.box(left + 19, 600, left + 23, 668)
        bars.box(left, 630, left + 42, 634)


def ships(sheet: Sheet) -> None:
    """Containers on a quay, one of them standing open."""
    rng = sheet.rng
    sky = rng.choice([SAND, MIST, ROSE])
    sheet.cover(sky)
    with sheet.plate(PAPER) as sun:
        sun.disc(rng.uniform(740, 810), 420, 220)
    with sheet.plate(NIGHT) as crane:
        _crane(crane)
    with sheet.plate(INK) as quay:
        quay.below(826)
    columns = [-160 + 268 * i for i in range(7)]
    heights = [3, 2, 3, 1, 2, 3, 2] if rng.random() < 0.5 else [2, 3, 2, 1, 3, 2, 3]
    inks = [SLATE, TEAL, OCHRE, NIGHT, SAGE]
    at = [
        (x, 826 - 214 * (level + 1))
        for x, n in zip(columns, heights, strict=True)
        for level in range(n)
    ]
    chosen = {place: rng.choice(inks) for place in at}
    opened = (columns[3], 826 - 214)
    for ink in inks:
        with sheet.plate(ink) as boxes:
            for (x, y), its in chosen.items():
                if its == ink and (x, y) != opened:
                    boxes.box(x, y, x + 260, y + 208)
    with sheet.plate(INK) as doors:
        for x, y in at:
            if (x, y) != opened:
                _doors(doors, x, y)
    _open_box(sheet, *opened)


def _crane(crane: Plate) -> None:
    crane.box(-20, 96, WIDTH + 20, 124)
    for i in range(26):
        crane.line([(-40 + 66 * i, 96), (-7 + 66 * i, 48), (26 + 66 * i, 96)], 6)
    crane.box(-20, 40, WIDTH + 20, 50)
    crane.box(700, 116, 848, 152, radius=6)
    for x in (730, 812):
        crane.box(x, 150, x + 6, 330)
    crane.box(690, 326, 858, 350, radius=4)


def _doors(doors: Plate, x: float, y: float) -> None:
    doors.box(x + 128, y, x + 132, y + 208)
    for rod in (46, 92, 164, 210):
        doors.box(x + rod, y + 12, x + rod + 5, y + 196)
    for rod in (46, 164):
        doors.box(x + rod - 6, y + 120, x + rod + 56, y + 130)


def _open_box(sheet: Sheet, x: float, y: float) -> None:
    with sheet.plate(SIGNAL) as case:
        case.box(x, y, x + 260, y + 208)
        case.poly([(x, y), (x - 92, y + 26), (x - 92, y + 240), (x, y + 208)])
        case.poly([(x + 260, y), (x + 352, y + 26), (x + 352, y + 240), (x + 260, y + 208)])
    with sheet.plate(INK) as inside:
        inside.box(x + 14, y + 14, x + 246, y + 208)
        for share in (0.3, 0.6):
            for hinge, tip in (((x, y), (x - 92, y + 26)), ((x + 260, y), (x + 352, y + 26))):
                a = between(hinge, tip, share)
                inside.line([(a[0], a[1] + 16), (a[0], a[1] + 198)], 5)
    with sheet.plate(NIGHT) as depth:
        depth.box(x + 76, y + 62, x + 184, y + 172)
        depth.poly([(x + 14, y + 208), (x + 76, y + 172), (x + 184, y + 172), (x + 246, y + 208)])


def robot(sheet: Sheet) -> None:
    """A robot's arm sets down a box."""
    rng = sheet.rng
    wall, tint = rng.choice([(SAND, SLATE), (ROSE, NIGHT), (SAGE, NIGHT), (MIST, TEAL)])
    sheet.cover(wall)
    with sheet.plate(PAPER) as disc:
        disc.disc(800, 430, 350)
    foot, elbow, wrist = (520.0, 560.0), (770.0, 210.0), (1120.0 + rng.uniform(-40, 40), 380.0)
    with sheet.plate(tint, "over") as sweep:
        for r in (460, 540, 620):
            sweep.ring(520, 560, r, 5, start=-88, end=-8, tone=0.7)
    with sheet.plate(INK, "over") as floor:
        floor.below(790, tone=0.5)
    with sheet.plate(tint) as base:
        base.poly([(400, 800), (440, 600), (600, 600), (640, 800)])
        base.box(360, 776, 680, 812, radius=6)
        base.poly(_limb(elbow, wrist, 58, 38))
    with sheet.plate(INK) as arm:
        arm.poly(_limb(foot, elbow, 84, 62))
        for (x, y), r in ((foot, 92), (elbow, 72), (wrist, 48)):
            arm.disc(x, y, r)
        x, y = wrist
        arm.box(x - 17, y + 30, x + 17, y + 130)
        arm.box(x - 92, y + 116, x + 92, y + 140, radius=6)
        for side in (-86, 64):
            arm.box(x + side, y + 130, x + side + 22, y + 214, radius=5)
    with sheet.plate(SIGNAL) as marks:
        for (x, y), r in ((foot, 44), (elbow, 34), (wrist, 20)):
            marks.disc(x, y, r)
        marks.box(wrist[0] - 62, wrist[1] + 148, wrist[0] + 62, wrist[1] + 272)
    _belt(sheet, tint, wrist[0])


def _limb(a: Point, b: Point, wide: float, narrow: float) -> list[Point]:
    angle = math.atan2(b[1] - a[1], b[0] - a[0]) + math.pi / 2
    dx, dy = math.cos(angle), math.sin(angle)
    return [
        (a[0] + dx * wide, a[1] + dy * wide),
        (b[0] + dx * narrow, b[1] + dy * narrow),
        (b[0] - dx * narrow, b[1] - dy * narrow),
        (a[0] - dx * wide, a[1] - dy * wide),
    ]


def _belt(sheet: Sheet, tint: Ink, x: float) -> None:
    with sheet.plate(tint) as boxes:
        for left in (x + 180, x + 370):
            boxes.box(left - 62, 576, left + 62, 700)
    with sheet.plate(INK) as belt:
        belt.box(860, 700, WIDTH + 40, 748, radius=24)
        for leg in (960, 1260, 1560):
            belt.box(leg, 740, leg + 18, 830)
    with sheet.plate(PAPER) as rollers:
        for i in range(13):
            rollers.disc(890 + 62 * i, 724, 12)
