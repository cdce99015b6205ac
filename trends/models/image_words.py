"""What a machine can see is wrong with the words and the rights of a picture."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..readiness import folded, is_file_name
from .edition import Edition

if TYPE_CHECKING:
    from .image import Image

Fault = tuple[str, str]  # field, sentence
SAY = "Say what the picture shows."


def faults(image: "Image", now: datetime) -> dict[str, str]:
    """Field → sentence, for a picture as somebody wants to save it. Asks the database only where
    words are empty that readers may need."""
    found: dict[str, str] = {}
    for field, sentence in (*_in_alt_text(image), *_lost(image, now), *_in_rights(image)):
        found.setdefault(field, sentence)
    return found


def _in_alt_text(image: "Image") -> Iterator[Fault]:
    alt = image.alt_text.strip()
    if not alt:
        return
    if image.decorative:
        yield "alt_text", "A decorative picture has no alt text. Remove the words or the tick."
    if is_file_name(alt):
        yield "alt_text", f"“{alt}” is a file name or a slug. {SAY}"
    if _is_name_of_file(alt, image.original_name):
        yield "alt_text", f"“{alt}” is the name of the file. {SAY}"
    if folded(alt) and folded(alt) == folded(image.caption):
        yield "alt_text", f"The alt text repeats the caption. {SAY}"


def _is_name_of_file(alt: str, name: str) -> bool:
    """A sentence may have been the file's name before: only short ones and numbers are refused."""
    stem = PurePath(name).stem
    says_little = len(stem.split()) < 3 or any(char.isdigit() for char in stem)
    names = [name, stem] if says_little else [name]
    return folded(alt) in [folded(one) for one in names if folded(one)]


def _lost(image: "Image", now: datetime) -> Iterator[Fault]:
    """What readers have now, or will have by what is planned, stays."""
    silent = not image.alt_text.strip() and not image.decorative
    nameless = not image.credit.strip()
    if not image.pk or not (silent or nameless):
        return
    saved = type(image).objects.filter(pk=image.pk).first()
    if saved is None or not readers_get(image, now):
        return
    if silent and (saved.alt_text or saved.decorative):
        yield "alt_text", f"Readers get this picture. {SAY} Or tick “decorative”."
    if nameless and saved.credit:
        yield "credit", "Readers get this picture, so its credit must stay. Enter whom to name."


def readers_get(image: "Image", now: datetime) -> bool:
    """A live edition shows it, or one that is planned."""
    showing = Edition.objects.showing(image)
    planned = showing.planned(now).filter(kind=Edition.Kind.CONTENT)
    return showing.live(now).exists() or planned.exists()


def _in_rights(image: "Image") -> Iterator[Fault]:
    begin, end = image.not_before, image.rights_expire_on
    if begin and end and end < begin:
        yield "rights_expire_on", "The rights end before they begin. Correct one of the two dates."
