"""The parts of the form in the order in which readers see them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..models import Action, Byline, Evidence, KeyPoint, RelatedLink
from ..models.row import Row
from ..snapshot import CAN_BE_PENDING, LABELS

# Section → model of its rows.
ROW_MODELS: Mapping[str, type[Row]] = {
    "evidence": Evidence, "key_points": KeyPoint, "actions": Action, "author": Byline,
    "related": RelatedLink,
}  # fmt: skip


Fields = tuple[str | tuple[str, ...], ...]


class Fold(NamedTuple):
    """Fields that are seldom used, behind their name."""

    label: str
    fields: Fields


class Part(NamedTuple):
    """One part of the form: a section of the snapshot, or something that is the desk's own.

    `fields` as in a fieldset of the admin; `rows` is the reverse name of an inline."""

    name: str
    label: str
    fields: Fields = ()
    rows: str = ""
    fold: Fold | None = None


# Sections that may stay empty for a reason.
CAN_BE_NOT_NEEDED = (*CAN_BE_PENDING, "related")


def reason_field(section: str) -> str:
    return f"not_needed_{section}"


def _part(
    name: str, *fields: str | tuple[str, ...], rows: str = "", label: str = "",
    fold: Fold | None = None,
) -> Part:  # fmt: skip
    return Part(name, label or LABELS[name], fields, rows, fold)


PARTS = (
    _part(
        "head", "title", "standfirst", "topic",
        fold=Fold("Address, kind, dateline", ("slug", ("kind", "dateline"))),
    ),
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
        "backstory", "backstory",
        fold=Fold("AI, interests, sponsor", (("ai_use", "ai_note"), "disclosure", "sponsor")),
    ),
    _part(
        "limits", label="Legal and embargo",
        fold=Fold(
            "Embargo, legal review, look again",
            ("embargo", ("legal_review_required", "legal_cleared"), "review_by"),
        ),
    ),
)  # fmt: skip


def fieldsets() -> list[tuple[str | None, dict[str, Any]]]:
    """As the admin wants them, in order; folded ones are opened where they hold an error."""
    found: list[tuple[str | None, dict[str, Any]]] = []
    for part in PARTS:
        if part.fields:
            found.append((part.name, {"fields": list(part.fields)}))
        if part.fold:
            fields = {"fields": list(part.fold.fields), "classes": ["collapse"]}
            found.append((part.fold.label, fields))
    return [*found, ("hidden", {"fields": list(HIDDEN)})]


# What the form carries along unseen.
HIDDEN = ("loaded", "base")
