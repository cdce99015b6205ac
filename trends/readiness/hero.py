"""Rules for the picture at the head of the piece."""

import re
from collections.abc import Iterator

from ..snapshot import Snapshot
from .facts import Facts, HeroFacts
from .issues import Issue, issue
from .passages import folded

WIDTH_MIN = 1200
_FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|svg|bmp)"  # photo.jpg
    r"|(?-i:[a-z0-9]+(?:-[a-z0-9]+)+)|\S+_\S+"  # plant-in-ohio, plant_ohio
    r"|(?=\S*\d)(?:(?:img|dsc|pxl|image|photo)\S*|\w{8,})",  # IMG1234, 20250707
    re.IGNORECASE,
)
Fault = tuple[str, str]  # code, message


def check_hero(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    picture = snapshot["head"]["hero"]
    for code, message in _faults(snapshot, facts):
        # The key tells two pictures with the same fault apart.
        yield issue(code, "head", message, field="hero", key=str(picture or ""))


def _faults(snapshot: Snapshot, facts: Facts) -> Iterator[Fault]:
    if snapshot["head"]["hero"] is None:
        yield "hero-missing", "There is no picture."
    elif facts.hero:
        yield from _in_words(facts.hero, snapshot["head"]["title"])
        yield from _in_rights(facts.hero, facts)
        if facts.hero.width is not None and facts.hero.width < WIDTH_MIN:
            yield "hero-narrow", f"The picture is {facts.hero.width} pixels wide."


def _in_words(hero: HeroFacts, title: str) -> Iterator[Fault]:
    alt = hero.alt_text.strip()
    if not alt and not hero.decorative:
        yield "hero-alt-missing", "The picture has no alt text."
    if _FILE_NAME.fullmatch(alt):
        yield "hero-alt-filename", f"The alt text “{alt}” is a file name or a slug."
    if folded(alt) and folded(alt) in (folded(hero.caption), folded(title)):
        yield "hero-alt-repeats", "The alt text repeats the caption or the title."
    if not hero.credit.strip():
        yield "hero-credit-missing", "The picture has no credit."
    if hero.ai_made and not hero.ai_label.strip():
        yield "hero-ai-unlabelled", "The picture is made with AI and does not say so."


def _in_rights(hero: HeroFacts, facts: Facts) -> Iterator[Fault]:
    """On the day when the piece goes live; what expires later is a job's business."""
    if not facts.begins:
        return
    day = facts.begins.date()
    if hero.rights_expire_on and hero.rights_expire_on < day:
        ended = hero.rights_expire_on.isoformat()
        yield "hero-rights-expired", f"The rights in the picture ended on {ended}."
    if hero.not_before and hero.not_before > day:
        begin = hero.not_before.isoformat()
        yield "hero-rights-early", f"The picture must not be used before {begin}."
