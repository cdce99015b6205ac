"""The words of a piece as a snapshot: keys become ids, day offsets become dates."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from .. import richtext
from ..models import Article, Author, Image, Topic
from ..models.fields import new_key
from ..models.making import DEFAULTS, SHORT
from ..snapshot import HEAD_FIELDS, PROSE, ROW_FIELDS, Row, Snapshot, empty
from .story import Piece, Save, When, dated

# Fields whose values are days from the day of loading.
_DAYS = ("dated_on", "review_on")


@dataclass(frozen=True, slots=True)
class World:
    """What the words point at, by key."""

    now: datetime
    users: Mapping[str, User]
    authors: Mapping[str, Author]
    topics: Mapping[str, Topic]
    articles: dict[str, Article] = field(default_factory=dict)
    heroes: dict[str, Image] = field(default_factory=dict)


def content_of(piece: Piece, world: World) -> Snapshot:
    """What the first save of a piece holds."""
    snapshot, hero = empty(), world.heroes.get(piece.key)
    snapshot["head"] |= {"kind": Article.Kind.ANALYSIS, "ai_use": Article.AIUse.NONE}
    snapshot["head"] |= {
        "title": piece.title,
        "topic": world.topics[piece.topic].pk,
        "hero": hero.pk if hero else None,
    }
    for name, value in piece.content.items():
        _fill(snapshot, name, value, world)
    return snapshot


def edited(snapshot: Snapshot, save: Save, world: World) -> Snapshot:
    """The snapshot with the changes of a later save."""
    copy = deepcopy(snapshot)
    for name, value in save.text.items():
        _fill(copy, name, value, world)
    for section, rows in save.add.items():
        copy[section]["rows"] += [row_of(section, row, world) for row in rows]
    for (section, place), fields in save.change.items():
        copy[section]["rows"][place] |= _plain(fields, world)
    return copy


def _fill(snapshot: Snapshot, name: str, value: Any, world: World) -> None:
    if name in HEAD_FIELDS:
        snapshot["head"][name] = dated(value, world.now)
    elif name in PROSE:
        snapshot[name]["text"] = prose(value, world)
    elif name in ROW_FIELDS:
        snapshot[name]["rows"] = [row_of(name, row, world) for row in value]
    else:
        assert name == "not_needed", f"“{name}” is no section and no field of the head"
        for section, reason in value.items():
            snapshot[section]["not_needed"] = reason


def prose(text: str, world: World) -> str:
    """Paragraphs as HTML; links to pieces by key become links by id."""
    blocks = [" ".join(block.split()) for block in dated(text, world.now).split("\n\n")]
    html = "".join(b if b.startswith("<") else richtext.from_plain(b) for b in blocks)
    for key, article in world.articles.items():
        html = html.replace(f'"trend:{key}"', f'"trend:{article.pk}"')
    return html


def row_of(section: str, row: Any, world: World) -> Row:
    """A new row of its fields, or of the one that stands for the row."""
    fields = row if isinstance(row, Mapping) else {SHORT[section]: row}
    return {"key": new_key()} | DEFAULTS[section] | _plain(fields, world)


def _plain(fields: Mapping[str, Any], world: World) -> Row:
    return {name: _value(name, value, world) for name, value in fields.items()}


def _value(name: str, value: Any, world: World) -> Any:
    if name in _DAYS and isinstance(value, int):
        return (timezone.localdate(world.now) + timedelta(days=value)).isoformat()
    if isinstance(value, When):
        return value.at(world.now).isoformat()
    sources: dict[str, Mapping[str, Any]] = {
        "author": world.authors, "target": world.articles, "checked_by": world.users,
    }  # fmt: skip
    if name in sources:
        return sources[name][value].pk
    return dated(value, world.now) if isinstance(value, str) else value
