"""Rules for the pictures inside the text."""

from collections.abc import Iterator

from .. import richtext
from ..snapshot import LABELS, PROSE, Snapshot
from .facts import Facts, PictureFacts
from .hero import faults_of
from .issues import Issue, issue


def check_pictures(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    if facts.pictures is None:
        return
    for section in PROSE:
        for pk in richtext.pictures(snapshot[section]["text"]):
            picture = facts.pictures.get(pk)
            name = _name(pk, picture, section)
            found = faults_of(picture, name, snapshot, facts) if picture else _gone(name)
            for code, message in found:
                yield issue(f"picture-{code}", section, message, field="picture", key=str(pk))


def _gone(name: str) -> Iterator[tuple[str, str]]:
    yield "gone", f"{name} is not in the library."


def _name(pk: int, picture: PictureFacts | None, section: str) -> str:
    """Picture 12 (“A pump house”) in Context."""
    label = f" (“{picture.label[:60]}”)" if picture and picture.label else ""
    return f"Picture {pk}{label} in {LABELS[section]}"
