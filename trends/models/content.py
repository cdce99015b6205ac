"""The content of an article and its rows as plain data, there and back.

Snapshot names equal field names, but for references, which are ids.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from .. import richtext
from ..snapshot import (
    HEAD_FIELDS,
    PROSE,
    ROW_FIELDS,
    SCHEMA,
    SECTIONS,
    Row,
    Snapshot,
    pictures,
    upgrade,
)
from .byline import replace_author
from .image import Image
from .text_picture import TextPicture
from .topic import Topic

if TYPE_CHECKING:
    from .article import Article

# Section → reverse name of its rows.
ROW_NAMES = {
    "evidence": "evidence",
    "key_points": "key_points",
    "actions": "actions",
    "author": "bylines",
    "related": "related_links",
}


def read(instance: models.Model, name: str) -> Any:
    """A field's value as JSON holds it."""
    value = getattr(instance, _field(instance, name).attname)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def write(instance: models.Model, name: str, value: Any) -> None:
    """Set a field from its JSON value."""
    field = _field(instance, name)
    setattr(instance, field.attname, field.to_python(value))


def _field(instance: models.Model, name: str) -> Any:
    return instance._meta.get_field(name)


class Content:
    """snapshot() and apply() of Article; a plain class without fields."""

    def snapshot(self: "Article", rows: Mapping[str, Iterable[Any]] | None = None) -> Snapshot:
        """The working copy as plain data (snapshot.py). Five queries, one a kind of row; none
        where the rows are at hand, by section."""
        snapshot: Snapshot = {"schema": SCHEMA, "head": {n: read(self, n) for n in HEAD_FIELDS}}
        for section in PROSE:
            snapshot[section] = {"text": getattr(self, section)}
        for section, names in ROW_FIELDS.items():
            found = rows[section] if rows else getattr(self, ROW_NAMES[section]).all()
            snapshot[section] = {
                "rows": [{"key": r.key} | {n: read(r, n) for n in names} for r in found]
            }
        for section in SECTIONS[1:]:
            snapshot[section]["not_needed"] = self.not_needed.get(section, "")
        return snapshot

    def apply(self: "Article", snapshot: Snapshot, *, sections: Any = SECTIONS) -> list[str]:
        """Write the sections of a snapshot into the working copy.

        Returns a sentence for each reference that leads nowhere any more and was left out.
        The caller holds the lock and records the revision.
        """
        snapshot, lost = upgrade(snapshot), list[str]()
        gone = _gone_pictures(snapshot)
        for section in sections:
            part = snapshot[section]
            if section == "head":
                for name in HEAD_FIELDS:
                    write(self, name, part[name])
            elif section in PROSE:
                lost += [
                    _lost("Picture", pk) for pk in richtext.pictures(part["text"]) if pk in gone
                ]
                setattr(self, section, richtext.without_pictures(part["text"], gone))
            if section != "head":
                self.mark_not_needed(section, part["not_needed"])
        lost += _drop_lost(self, HEAD_FIELDS) if "head" in sections else []
        self.save()
        issued = self.evidence_issued
        for section in sections:
            if section in ROW_FIELDS:
                lost += _write_rows(self, section, snapshot[section]["rows"])
        if self.evidence_issued != issued:
            self.save()
        return lost

    def mark_not_needed(self: "Article", section: str, reason: str) -> None:
        """Remember why a section may stay empty; "" takes that back. Saves nothing."""
        self.not_needed = {k: v for k, v in self.not_needed.items() if k != section}
        if reason:
            self.not_needed |= {section: reason}

    def hold_pictures(self: "Article", content: Snapshot, before: Snapshot | None) -> None:
        """Let the rows that protect pictures follow the text, from one save to the next.

        An id that no picture has is no error here: readiness says so. No query while the text
        keeps its pictures.
        """
        now, then = pictures(content), pictures(before) if before else set[int]()
        if then - now:
            self.text_pictures.filter(image__in=then - now).delete()
        if now - then:
            TextPicture.objects.hold(now - then, article=self)

    def follow_merges(self: "Article", bylines: Iterable[Any] | None = None) -> bool:
        """Who was merged into somebody gives way to them, and so does a topic, in the saved
        working copy: a form opened before, or a revision restored, may have brought them back.
        Returns whether there was one.

        The caller holds the lock of the piece. What it names anew is locked too, else a merge
        that goes on meanwhile would see neither the other's work (the foreign keys are checked
        when all is done). Two queries; none where the bylines are at hand with authors, and the
        topic: their form has locked them (known.py).
        """
        if bylines is None:
            topics = Topic.objects.select_for_update(no_key=True)
            topic = topics.filter(pk=self.topic_id).first() if self.topic_id else None
            rows = self.bylines.select_related("author").order_by("author_id")
            bylines = rows.select_for_update(of=("author",), no_key=True)
        else:
            topic = self.topic
        if topic and topic.merged_into_id:
            self.topic_id = topic.merged_into_id
            type(self).objects.filter(pk=self.pk).update(topic=self.topic_id)
        authors = [row.author for row in bylines]
        merged = [(a.pk, a.merged_into_id) for a in authors if a.merged_into_id]
        for old, into in merged:
            replace_author(self.bylines, "article", old=old, into=into)
        return bool(merged or (topic and topic.merged_into_id))


def _write_rows(article: "Article", section: str, rows: list[Row]) -> list[str]:
    manager = getattr(article, ROW_NAMES[section])
    manager.exclude(key__in=[row["key"] for row in rows]).delete()
    known = {instance.key: instance for instance in manager.all()}
    lost: list[str] = []
    for position, row in enumerate(rows):
        instance = known.get(row["key"]) or manager.model(article=article, key=row["key"])
        for name in ROW_FIELDS[section]:
            write(instance, name, row[name])
        if section == "evidence":
            article.number(instance)
        lost += _drop_lost(instance, ROW_FIELDS[section])
        instance.position = position
        if instance.is_whole:
            instance.save()
    return lost


def _drop_lost(instance: models.Model, names: tuple[str, ...]) -> list[str]:
    """Empty the references to rows that are gone."""
    lost: list[str] = []
    for field in (_field(instance, name) for name in names):
        value = getattr(instance, field.attname)
        if field.is_relation and value and not field.related_model.objects.filter(pk=value):
            setattr(instance, field.attname, None)
            lost.append(_lost(field.verbose_name.capitalize(), value))
    return lost


def _gone_pictures(snapshot: Snapshot) -> set[int]:
    """Ids in the prose that no picture has (any more). No query without pictures."""
    wanted = pictures(snapshot)
    return wanted - set(Image.objects.filter(pk__in=wanted).values_list("pk", flat=True))


def _lost(name: str, pk: int) -> str:
    return f"{name} {pk} no longer exists and was left out. Select another one."
