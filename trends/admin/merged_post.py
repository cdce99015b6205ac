"""A posted form meets what was saved since it was loaded: they are merged before validation.

The contract of a POST to the form of a piece (change or add):

* `loaded` is the version and `base` the number of the revision that the form started from. A
  form of an older version is merged, three-way, under the piece's lock: base is that revision's
  content, ours the piece as it is, theirs what is typed. What merges by itself is put back into
  the posted fields, which then go Django's normal way. Without a known base every difference
  counts as typed on purpose, so that nothing is lost.
* `form_key` (add page): a form whose key has made a piece already is a change of that piece.
* What both changed is asked about: status 409, the form holds what was typed, `choices.py` says
  what comes back.
* `_restored=1`: the fields are those of a form that was kept (autosave, expired session), with
  `loaded`, `base`, `form_key` and the `initial-…` fields as they were in it. They go through the
  same merge; the form is then shown bound with them, with status 200, and nothing is saved.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from ..compare import compare, describe
from ..merge import Conflict, Merged, merge, resolve
from ..models import Article, Revision
from ..models.content import ROW_NAMES
from ..models.row import Row
from ..snapshot import HEAD_FIELDS, PROSE, Snapshot, digest
from .choices import Place, apply_choices, drop_choices, place_of, posted_choices
from .posted_content import name_rows, put_content, settle_rows
from .posted_rows import Posted, last, rows_of
from .typed import new_content, typed_snapshot

RESTORED, FORM_KEY = "_restored", "form_key"
# What rows refer to, so that forms can name it.
NAMED = {"author": ["author"], "related": ["target"]}
# A number of more digits is none of ours, and fits no column.
MOST_DIGITS = 9


@dataclass(slots=True)
class Arrival:
    """A posted form after the merge. `article` is locked and as it is saved, `saved` its content,
    `data` what Django's forms get."""

    article: Article
    saved: Snapshot
    rows: dict[str, list[Row]]
    data: QueryDict
    late: bool
    choices: dict[Place, str]
    conflicts: list[Conflict] = field(default_factory=list)
    # What was saved meanwhile and is in the form now, in words.
    merged_in: str = ""
    # Number of the revision that the form showed when it was loaded; -1 for an unknown one.
    shown: int = -1
    # Key → number of evidence that the piece had once and that comes back.
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def last(self) -> Revision | None:
        """The newest revision, where it holds just what is saved; its content then is at hand.
        The piece comes from with_last_revision()."""
        number, known = self.article.last_number, digest(self.saved)
        if number is None or self.article.last_digest != known:
            return None
        return Revision(number=number, digest=known, content=self.saved)

    @property
    def restored(self) -> bool:
        return RESTORED in self.data


def arrive(article: Article, posted: QueryDict) -> Arrival:
    """Merge a posted form into the piece. The caller holds the lock."""
    rows = {section: list(_rows(article, section)) for section in ROW_NAMES}
    data = posted.copy()
    name_rows(data)
    arrival = Arrival(
        article=article,
        saved=article.snapshot(rows),
        rows=rows,
        data=data,
        late=_number(data, "loaded") != article.version,
        choices=posted_choices(data),
        shown=_number(data, "base"),
        numbers=_earlier_numbers(article, data, rows["evidence"]),
    )
    if arrival.late or arrival.choices or _is_partial(data):
        _merge(arrival)
    settle_rows(data, _keys(rows))
    return arrival


def arrive_new(posted: QueryDict, *, keep_key: bool = True) -> QueryDict:
    """The form of a new piece: its rows get the keys that they would get if it came in again."""
    data = posted.copy()
    name_rows(data)
    if not keep_key:
        data.pop(FORM_KEY, None)
    return data


def _rows(article: Article, section: str) -> Any:
    rows = getattr(article, ROW_NAMES[section]).all()
    return rows.select_related(*NAMED[section]) if section in NAMED else rows


def _keys(rows: dict[str, list[Row]]) -> dict[str, dict[str, int]]:
    return {section: {row.key: row.pk for row in found} for section, found in rows.items()}


def _number(data: QueryDict, name: str) -> int:
    value = data.get(name, "")
    return int(value) if value.isdecimal() and len(value) <= MOST_DIGITS else -1


def _is_partial(data: QueryDict) -> bool:
    return any(name not in data for name in (*HEAD_FIELDS, *PROSE))


def _merge(arrival: Arrival) -> None:
    article, data = arrival.article, arrival.data
    base = _base(arrival)
    typed = typed_snapshot(data, base)
    chosen, undecided = apply_choices(typed, base, arrival.choices)
    merged = merge(
        base, arrival.saved, chosen, issued=article.evidence_issued, known=arrival.numbers
    )
    places = {place_of(conflict) for conflict in merged.conflicts}
    arrival.conflicts = merged.conflicts + [c for c in undecided if place_of(c) not in places]
    arrival.merged_in = _merged_in(base, arrival.saved, merged)
    # Where both changed something, the form goes on holding what was typed.
    content = resolve(merged, range(len(merged.conflicts)))
    put_content(data, typed, content, _keys(arrival.rows))
    drop_choices(data)
    _carry_on(arrival)


def _base(arrival: Arrival) -> Snapshot:
    """The content that the form showed when it was loaded."""
    if not arrival.late:
        return arrival.saved
    revision = arrival.article.revisions.filter(number=arrival.shown).first()
    if revision:
        return dict(revision.content)
    return new_content()


def _earlier_numbers(article: Article, data: QueryDict, rows: list[Row]) -> dict[str, int]:
    """Evidence that the piece had once, and that is posted again: it comes back as itself. One
    query, where there is any such."""
    here = {row.key for row in rows}
    wanted = {last(row, "key") for row in rows_of(data, "evidence") or [] if _had(row, article)}
    numbers: dict[str, int] = {}
    if wanted := wanted - here:
        for content in article.revisions.values_list("content", flat=True):
            found = {row["key"]: row["number"] for row in content["evidence"]["rows"]}
            numbers = {key: number for key, number in found.items() if key in wanted} | numbers
    return numbers


def _had(row: Posted, article: Article) -> bool:
    """It carries a number that the piece has given already."""
    number = last(row, "number")
    return number.isdecimal() and len(number) < 7 and 0 < int(number) <= article.evidence_issued


def _merged_in(base: Snapshot, saved: Snapshot, merged: Merged) -> str:
    """What of the saved changes was not in the form, "" where the form adds nothing itself."""
    if merged.snapshot == saved and not merged.conflicts:
        return ""
    asked = {(c.section, c.key, c.field) for c in merged.conflicts}
    changes = compare(base, saved)
    return describe([c for c in changes if (c.section, c.key, c.field) not in asked])


def _carry_on(arrival: Arrival) -> None:
    """From now on the form starts from what is saved now."""
    last_number = arrival.article.revisions.values_list("number", flat=True).first()
    arrival.data["loaded"] = str(arrival.article.version)
    arrival.data["base"] = str(last_number or "")
