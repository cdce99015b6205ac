"""What two people changed at once, in words: both sides, who saved, and a choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..compare import Piece, by_key, diff_words
from ..merge import Conflict
from ..models import Article, Revision
from ..models.names import name_of
from ..snapshot import LABELS, PROSE, Row, empty
from .article_form import ArticleForm
from .choices import about_of
from .merged_post import Arrival
from .parts import ROW_MODELS
from .words import Names, label_of, names_of, row_words, value_words

DELETED = "Deleted"


@dataclass(frozen=True, slots=True)
class Side:
    """One conflict. `name` of the radio buttons, `about` says what they are about."""

    name: str
    about: str
    label: str
    saved_by: str
    saved_at: Any
    mine: list[Piece]
    saved: list[Piece]

    @property
    def is_formatting(self) -> bool:
        """The words are the same."""
        return all(piece.op == "same" for piece in (*self.mine, *self.saved))


def sides(form: ArticleForm) -> list[Side]:
    """Everything to decide, in the order of the form."""
    arrival = form.arrival
    if arrival is None:
        return []
    found = [*arrival.conflicts, *form.conflicts]
    names = names_of(*_as_snapshots(found))
    since = _since(arrival)
    return [_side(form, arrival, n, found[n], names, since) for n in range(len(found))]


def merged_message(arrival: Arrival | None) -> str:
    """What of whom is in the form besides what was typed; "" for nothing."""
    if arrival is None or not arrival.merged_in:
        return ""
    names = dict.fromkeys(_who(revision) for revision in reversed(_since(arrival)))
    return f"Saved meanwhile by {' and '.join(names)}, and merged in: {arrival.merged_in}."


def _since(arrival: Arrival) -> Sequence[Revision]:
    """What was saved after the form was loaded, newest first; the last save where that is not
    known."""
    rows = arrival.article.revisions.select_related("created_by").defer("content")
    return list(rows.filter(number__gt=arrival.shown) if arrival.shown > 0 else rows[:1])


def _who(revision: Revision) -> str:
    return name_of(revision.created_by) if revision.created_by else "somebody"


def _side(
    form: ArticleForm,
    arrival: Arrival,
    index: int,
    conflict: Conflict,
    names: Names,
    since: Sequence[Revision],
) -> Side:
    saved, mine = (_said(conflict, side, names) for side in (conflict.ours, conflict.theirs))
    pieces = diff_words(saved, mine)
    last = next((revision for revision in since if conflict.section in revision.sections), None)
    return Side(
        name=f"choice-{index}",
        about=about_of(conflict),
        label=_label(form, arrival, conflict),
        saved_by=_who(last) if last else "somebody",
        saved_at=last and last.created_at,
        mine=[piece for piece in pieces if piece.op != "removed"],
        saved=[piece for piece in pieces if piece.op != "added"],
    )


def _said(conflict: Conflict, value: Any, names: Names) -> str:
    section, field = conflict.section, conflict.field
    if not section:
        return str(value)
    if conflict.key and not field:
        return row_words(section, value, names) if value else DELETED
    if field in ("text", "not_needed") and not conflict.key:
        return value_words(Article, section, value, names) if field == "text" else str(value)
    model = ROW_MODELS[section] if conflict.key else Article
    return value_words(model, field, value, names)


def _label(form: ArticleForm, arrival: Arrival, conflict: Conflict) -> str:
    section, field = conflict.section, conflict.field
    if not section:
        return str(form.fields[field].label)
    if conflict.key:
        row = _row_label(arrival, conflict)
        return f"{row}: {label_of(ROW_MODELS[section], field)}" if field else row
    if section == "head":
        return label_of(Article, field)
    return LABELS[section] if section in PROSE and field == "text" else f"{LABELS[section]}: skip"


def _row_label(arrival: Arrival, conflict: Conflict) -> str:
    """Such as "Evidence E2" or "Key Points, row 3"."""
    rows = arrival.saved[conflict.section]["rows"]
    row: Row | None = by_key(rows).get(conflict.key) or (conflict.theirs or {}) if rows else {}
    if conflict.section == "evidence" and row and "number" in row:
        return f"{LABELS['evidence']} E{row['number']}"
    place = [row["key"] for row in rows].index(conflict.key) + 1 if row in rows else 0
    return f"{LABELS[conflict.section]}, row {place}" if place else LABELS[conflict.section]


def _as_snapshots(conflicts: Sequence[Conflict]) -> list[dict[str, Any]]:
    """Snapshots that hold the values in question, so that their references get names."""
    found = []
    for conflict in conflicts:
        for value in (conflict.ours, conflict.theirs):
            snapshot = empty()
            if conflict.section == "head":
                snapshot["head"][conflict.field] = value
            elif conflict.key and value is not None:
                row = {conflict.field: value} if conflict.field else value
                snapshot[conflict.section]["rows"] = [row]
            found.append(snapshot)
    return found
