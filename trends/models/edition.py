"""Edition: what the public sees of a piece from `live_from` until its next edition begins.

Immutable, and the only thing that public code reads. It has no end: the edition *in force* is
the one with the latest start ≤ now. `Edition.objects.live(now)` is the one gate between the
desk and the public.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from .. import press
from ..paths import path_to
from ..snapshot import Snapshot, digest
from .author import Author
from .edition_byline import EditionByline
from .edition_queries import EditionQuerySet
from .prepared import Prepared
from .related_trend import plan_relating
from .topic import Topic, span_of

_BYLINES = Prepared(
    lambda edition: EditionByline.objects.filter(edition=edition).select_related("author")
)


class Edition(models.Model):
    class Kind(models.TextChoices):
        CONTENT = "content"
        RETRACTION = "retraction"  # a notice: the page answers 200, out of every list
        REMOVAL = "removal"  # 410, nothing remains
        END = "end"  # expired: 410 with a sentence

    class Reason(models.TextChoices):
        """Why a piece was retracted."""

        WRONG = "wrong", "it was wrong"
        EARLY = "early", "it was published too early"
        LEGAL = "legal", "for legal reasons"

    class Change(models.TextChoices):
        FIRST = "first", "first publication"
        MINOR = "minor", "minor: a typo, a broken link"
        UPDATE = "update", "update: the world moved on"
        CORRECTION = "correction", "correction: a fact was wrong"

    article = models.ForeignKey("Article", on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CONTENT)
    change = models.CharField(max_length=10, choices=Change, default=Change.FIRST)
    live_from = models.DateTimeField()
    revision = models.ForeignKey(
        "Revision", on_delete=models.SET_NULL, null=True, related_name="editions"
    )
    pressed_at = models.DateTimeField()
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    # Kind of the piece: lists say what is opinion and what is paid for.
    piece_kind = models.CharField(max_length=10, blank=True)
    topic = models.ForeignKey("Topic", on_delete=models.PROTECT, null=True, related_name="editions")
    hero = models.ForeignKey("Image", on_delete=models.PROTECT, null=True, related_name="editions")
    # The public snapshot (snapshot.public) and what press made of it.
    content = models.JSONField(default=dict)
    html = models.JSONField(default=dict)
    backlinks = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    renderer = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    first_published_at = models.DateTimeField(null=True)
    public_updated_at = models.DateTimeField(null=True)
    # When somebody last looked whether it is still true. It goes along into the next edition, and
    # readers are told while nothing newer changed it.
    last_checked_at = models.DateTimeField(null=True)
    update_line = models.CharField(max_length=200, blank=True)  # an UPDATE's line for readers
    # Published "now": it begins after some seconds in which it can be undone.
    in_grace = models.BooleanField(default=False)
    # What it begins with, all or none, while that is planned and after.
    release = models.ForeignKey(
        "Release", on_delete=models.PROTECT, null=True, related_name="editions"
    )
    reason = models.CharField(max_length=10, choices=Reason, blank=True)  # of a retraction
    notice = models.TextField(blank=True)  # why, for readers, of a retraction or an end

    if TYPE_CHECKING:  # on rows from pinned_or_newest()
        slot: int | None
        place: int | None  # on rows from linked_from()

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            # One start per article. Also the index of in_force(): article, latest start.
            models.UniqueConstraint(fields=["article", "live_from"], name="edition_one_start"),
            # Readers of a CONTENT edition are told when it was first published.
            models.CheckConstraint(
                condition=~Q(kind="content")
                | Q(first_published_at__isnull=False, public_updated_at__isnull=False),
                name="edition_content_dated",
            ),
        ]
        indexes = [
            # The calendar: what begins in some days, and what is planned. With all that is needed
            # to group what is live by month or by topic, so that no text is read for that.
            models.Index(
                fields=[
                    "live_from",
                    "article",
                    "kind",
                    "topic",
                    "first_published_at",
                    "public_updated_at",
                    "id",
                ],
                condition=Q(kind="content"),
                name="edition_content_start",
            ),
            # What begins next, of all that is no text: the page store asks (models/invalidation).
            models.Index(
                fields=["live_from"], condition=~Q(kind="content"), name="edition_other_start"
            ),
            # The list of all trends, newest first.
            models.Index(
                models.F("first_published_at").desc(),
                models.F("id").desc(),
                condition=Q(kind="content"),
                name="edition_newest",
            ),
            # The list of all trends, last updated first.
            models.Index(
                models.F("public_updated_at").desc(),
                models.F("id").desc(),
                condition=Q(kind="content"),
                name="edition_last_updated",
            ),
            # The list of a topic, newest first; and how many it has, without their texts.
            models.Index(
                "topic",
                models.F("first_published_at").desc(),
                models.F("id").desc(),
                "article",
                "live_from",
                "kind",
                condition=Q(kind="content"),
                name="edition_topic_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.kind}, from {self.live_from:%Y-%m-%d %H:%M})"

    def get_absolute_url(self) -> str:
        """ "" of what is erased: it has no address any more."""
        return path_to("trend", self.slug) if self.slug else ""

    def absorb(self, content: Snapshot) -> None:
        """Take over a public snapshot: columns, pressed HTML, digest. Saves nothing."""
        head, pressed = content["head"], press.press(content)
        self.title, self.standfirst = head["title"], head["standfirst"]
        self.piece_kind = head["kind"]
        self.topic_id, self.hero_id = head["topic"], head["hero"]
        self.content, self.digest = content, digest(content)
        self.html, self.backlinks = pressed.html, pressed.backlinks
        self.text, self.words, self.renderer = pressed.text, pressed.words, press.RENDERER

    def to_plain(self) -> dict[str, Any]:
        """The row as plain data, so that it can come back as it was."""
        values = {field.attname: getattr(self, field.attname) for field in self._meta.fields}
        return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in values.items()}

    @classmethod
    def from_plain(cls, row: dict[str, Any]) -> "Edition":
        fields = {field.attname: field for field in cls._meta.fields}
        return cls(**{name: fields[name].to_python(value) for name, value in row.items()})

    def move(self, start: datetime) -> None:
        """Begin at another moment: dates for readers that are its start go with it, and so do
        those of its corrections."""
        for name in ("first_published_at", "public_updated_at"):
            if getattr(self, name) == self.live_from:
                setattr(self, name, start)
        if self.in_grace:  # only those that were published have any
            self.corrections.update(at=start)
        self.live_from = start
        if self.kind == self.Kind.CONTENT:
            plan_relating(self.article_id, start)
        self.save(update_fields=["live_from", "first_published_at", "public_updated_at"])

    def add_bylines(self) -> None:
        """Write the byline rows of the content; authors stay references."""
        EditionByline.objects.bulk_create(
            EditionByline(edition=self, author_id=row["author"], role=row["role"], position=place)
            for place, row in enumerate(self.content["author"]["rows"])
        )

    @property
    def true_at(self) -> datetime | None:
        """When it was last updated or checked."""
        return max(filter(None, (self.public_updated_at, self.last_checked_at)), default=None)

    def is_old(self, now: datetime) -> bool:
        """Neither updated nor checked for as long as its topic allows; the queryset's old()."""
        return bool(self.ages_at and self.ages_at < now)

    @property
    def ages_at(self) -> datetime | None:
        """The moment after which it is old."""
        span = self.topic.span if self.topic else span_of(Topic.Ages.YEAR)
        return self.true_at + span if span and self.true_at else None

    @cached_property
    def authors(self) -> list[Author]:
        """The people of the byline, in order. One query, none after with_bylines()."""
        known = getattr(self, "_prefetched_objects_cache", {})
        bylines = self.bylines.all() if "bylines" in known else _BYLINES(edition=self.pk)
        return [byline.author for byline in bylines]
