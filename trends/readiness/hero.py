"""Rules for the picture at the head of the piece."""

import re
from collections.abc import Iterator

from ..snapshot import Snapshot
from .facts import Facts, PictureFacts
from .issues import Issue, issue
from .passages import folded

WIDTH_MIN = 1200
_FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|avif|heic|tiff?|svg|bmp)"  # photo.jpg
    r"|(?-i:[a-z0-9]+(?:-[a-z0-9]+)+)|\S+_\S+"  # plant-in-ohio, plant_ohio
    r"|(?=\S*\d)(?:(?:img|dsc|pxl|image|photo)\S*|\w{8,})",  # IMG1234, 20250707
    re.IGNORECASE,
)
Fault = tuple[str, str]  # code without "hero-" or "picture-", message


def is_file_name(words: str) -> bool:
    """A file name or a slug, where people would say what they see."""
    return bool(_FILE_NAME.fullmatch(words))


def check_hero(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    picture = snapshot["head"]["hero"]
    for code, message in _faults(snapshot, facts):
        # The key tells two pictures with the same fault apart.
        yield issue(f"hero-{code}", "head", message, field="hero", key=str(picture or ""))


def _faults(snapshot: Snapshot, facts: Facts) -> Iterator[Fault]:
    if snapshot["head"]["hero"] is None:
        yield "missing", "There is no picture."
    elif facts.hero:
        yield from faults_of(facts.hero, "The picture", snapshot, facts)
        if facts.hero.width is not None and facts.hero.width < WIDTH_MIN:
            yield "narrow", f"The picture is {facts.hero.width} pixels wide."


def faults_of(
    picture: PictureFacts, name: str, snapshot: Snapshot, facts: Facts
) -> Iterator[Fault]:
    """What can be said against a picture wherever it stands; `name` begins a sentence."""
    yield from _in_words(picture, name, snapshot["head"]["title"])
    yield from _in_rights(picture, name, facts)


def _in_words(picture: PictureFacts, name: str, title: str) -> Iterator[Fault]:
    alt = picture.alt_text.strip()
    if not alt and not picture.decorative:
        yield "alt-missing", f"{name} has no alt text."
    if is_file_name(alt):
        yield "alt-filename", f"{name} has a file name or a slug as alt text: “{alt}”."
    if folded(alt) and folded(alt) in (folded(picture.caption), folded(title)):
        yield "alt-repeats", f"{name} has an alt text that repeats the caption or the title."
    if not picture.credit.strip():
        yield "credit-missing", f"{name} has no credit."
    if picture.ai_made and not picture.ai_label.strip():
        yield "ai-unlabelled", f"{name} is made with AI and does not say so."


def _in_rights(picture: PictureFacts, name: str, facts: Facts) -> Iterator[Fault]:
    """On the day when the piece goes live; what expires later is a job's business."""
    if not facts.begins:
        return
    day = facts.begins.date()
    if picture.rights_expire_on and picture.rights_expire_on < day:
        ended = picture.rights_expire_on.isoformat()
        yield "rights-expired", f"{name} must not be used any more: its rights ended on {ended}."
    if picture.not_before and picture.not_before > day:
        begin = picture.not_before.isoformat()
        yield "rights-early", f"{name} must not be used before {begin}."
