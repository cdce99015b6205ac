"""The parts of the form in the order in which readers see them."""

from collections.abc import Mapping
from typing import NamedTuple

from ..models import Action, Byline, Evidence, KeyPoint, RelatedLink
from ..models.row import Row
from ..snapshot import CAN_BE_PENDING, LABELS

# Section → model of its rows.
ROW_MODELS: Mapping[str, type[Row]] = {
    "evidence": Evidence, "key_points": KeyPoint, "actions": Action, "author": Byline,
    "related": RelatedLink,
}  # fmt: skip


class Part(NamedTuple):
    """One part of the form: a section of the snapshot, or something that is the desk's own.

    `fields` as in a fieldset of the admin; `rows` is the reverse name of an inline."""

    name: str
    label: str
    fields: tuple[str | tuple[str, ...], ...] = ()
    rows: str = ""


# Sections that may stay empty for a reason.
CAN_BE_NOT_NEEDED = (*CAN_BE_PENDING, "related")


def reason_field(section: str) -> str:
    return f"not_needed_{section}"


def _part(name: str, *fields: str | tuple[str, ...], rows: str = "", label: str = "") -> Part:
    reason = (reason_field(name),) if name in CAN_BE_NOT_NEEDED else ()
    return Part(name, label or LABELS[name], fields + reason, rows)


PARTS = (
    _part("head", "title", "slug", "standfirst", ("topic", "kind", "dateline")),
    _part("picture", "hero", label="Picture"),
    _part("lede", "lede"),
    _part("context", "context"),
    _part("evidence", rows="evidence"),
    _part("analysis", "analysis"),
    _part("key_points", rows="key_points"),
    _part("actions", rows="actions"),
    _part("author", rows="bylines"),
    _part("related", rows="related_links"),
    _part(
        "backstory", "backstory", "disclosure", "sponsor", ("ai_use", "ai_note")
    ),
    _part(
        "limits", "embargo", ("legal_review_required", "legal_cleared"),
        label="Legal and embargo",
    ),
    _part("assignments", rows="assignments", label="Assignments"),
)  # fmt: skip
# What the form carries along unseen.
HIDDEN = ("loaded", "base")
