"""What is typed in a form, as a snapshot: whether or not it could be saved as it is."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from .. import richtext
from ..compare import by_key
from ..models import Article
from ..models.content import ROW_NAMES
from ..snapshot import HEAD_FIELDS, PROSE, ROW_FIELDS, SECTIONS, Row, Snapshot, empty, texts
from .parts import CAN_BE_NOT_NEEDED, ROW_MODELS, reason_field
from .posted_rows import Posted, is_deleted, is_key, last, rows_of, standing
from .typed_values import default_of, typed_value

# What saving sets: a form may not, whatever is posted. `number` of a new row is heard.
NOT_TYPED = ("number", "checked_at", "checked_by")


def typed_snapshot(data: QueryDict, base: Snapshot, *, lenient: bool = False) -> Snapshot:
    """The content of posted fields. What was not posted is as in `base`.

    A value that its field would refuse stands as it was typed, so that merging loses nothing;
    with `lenient` the one of the base stands instead, for those who calculate with it. The same
    fields give the same snapshot, keys of new rows included.
    """
    snapshot: Snapshot = {"schema": base["schema"]}
    snapshot["head"] = _values(Article, base["head"], data, HEAD_FIELDS, lenient)
    for section in PROSE:
        before = {section: base[section]["text"]}
        snapshot[section] = {"text": _values(Article, before, data, [section], lenient)[section]}
    for section in ROW_FIELDS:
        snapshot[section] = {"rows": _rows(section, data, base, lenient)}
    for section in SECTIONS[1:]:
        snapshot[section]["not_needed"] = _reason(data, base, section)
    _number_new(snapshot, base)
    return snapshot


def typed_content(article: Article, data: QueryDict) -> Snapshot:
    """What the fields of a piece's form say, saved or not: for those who calculate with it."""
    base = article.snapshot() if article.pk else new_content()
    return typed_snapshot(data, base, lenient=True)


def new_content() -> Snapshot:
    """What the add form shows before anything is typed."""
    blank = empty()
    blank["head"]["kind"] = Article.Kind.ANALYSIS
    return blank


def new_row_key(prefix: str, row: Posted, index: int, loaded: str = "") -> str:
    """The key of a new row that has none: made of what it says, so that a form that is sent
    twice adds it once."""
    said = {name: values for name, values in row.items() if name not in ("id", "key", "article")}
    text = json.dumps([prefix, index, loaded, said], sort_keys=True)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _values(
    model: Any, base: Row, data: Mapping[str, Any], names: Iterable[str], lenient: bool
) -> Row:
    """The named fields; those that are not in the data as they are in the base."""
    typed = dict(base)
    for name in names:
        if name in data:
            typed[name] = typed_value(model, name, str(data[name]), base.get(name), lenient)
    return typed


def _reason(data: QueryDict, base: Snapshot, section: str) -> str:
    before: str = base[section]["not_needed"]
    if section not in CAN_BE_NOT_NEEDED:
        return before
    typed = data.get(reason_field(section))
    return before if typed is None or typed.strip() == before.strip() else typed.strip()


def _rows(section: str, data: QueryDict, base: Snapshot, lenient: bool) -> list[Row]:
    known = by_key(base[section]["rows"])
    posted = rows_of(data, ROW_NAMES[section])
    if posted is None:
        return list(known.values())
    rows: dict[str, Row] = {}
    gone = set[str]()
    for index, row in standing(posted):
        key = last(row, "key")
        if not is_key(key) or key in rows:
            key = new_row_key(ROW_NAMES[section], row, index, data.get("loaded") or "")
        typed = _row(section, row, known.get(key), lenient)
        if is_deleted(row):
            gone.add(key)
        elif key in known or not _is_blank(section, typed):
            rows[key] = {"key": key} | typed
    left = {key: row for key, row in known.items() if key not in gone}
    return list((rows | {k: row for k, row in left.items() if k not in rows}).values())


def _row(section: str, posted: Posted, base: Row | None, lenient: bool) -> Row:
    model, names = ROW_MODELS[section], ROW_FIELDS[section]
    start = base or {name: default_of(model, name) for name in names}
    data = {name: last(posted, name) for name in names if name in posted}
    typed = _values(model, start, data, [n for n in names if n not in NOT_TYPED], lenient)
    if section == "evidence" and not base:
        number = data.get("number", "")
        typed["number"] = int(number) if number.isdecimal() and len(number) < 7 else None
    return typed


def _is_blank(section: str, row: Row) -> bool:
    """A new row in which nothing was typed, as Django sees it."""
    names = [name for name in ROW_FIELDS[section] if name not in NOT_TYPED]
    return all(row[name] == default_of(ROW_MODELS[section], name) for name in names)


def _number_new(snapshot: Snapshot, base: Snapshot) -> None:
    """Each new piece of evidence has a number of its own, cited by nobody if none was posted."""
    known = by_key(base["evidence"]["rows"])
    rows = [row for row in snapshot["evidence"]["rows"] if row["key"] not in known]
    used = {row["number"] for row in known.values()}
    posted = {row["number"] or 0 for row in rows}
    cited = {n for _, text in texts(snapshot) for n in richtext.cited(str(text))}
    highest = max(used | posted | cited, default=0)
    for row in rows:
        if not row["number"] or row["number"] in used:
            highest += 1
            row["number"] = highest
        used.add(row["number"])
