"""Edition: what the public sees of a piece from `live_from` until its next edition begins.

Immutable, and the only thing that public code reads. It has no end: the edition *in force* is
the one with the latest start ≤ now. `Edition.objects.live(now)` is the one gate between the
desk and the public.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q
from django.urls import reverse

from .. import press
from ..snapshot import Snapshot, digest
from .address import Address
from .author import Author
from .topic import Topic

if TYPE_CHECKING:
    from .image import Image


class EditionQuerySet(models.QuerySet["Edition"]):
    def begun(self, now: datetime) -> Self:
        return self.filter(live_from__lte=now)

    def planned(self, now: datetime) -> Self:
        """Not begun yet, first one first."""
        return self.filter(live_from__gt=now).order_by("live_from")

    def in_force(self, now: datetime) -> Self:
        """The latest begun edition of each article, whatever its kind."""
        later = Edition.objects.filter(
            article_id=OuterRef("article_id"), live_from__gt=OuterRef("live_from")
        ).begun(now)
        return self.begun(now).exclude(Exists(later))

    def live(self, now: datetime) -> Self:
        """What readers may see: the CONTENT editions in force."""
        return self.in_force(now).filter(kind=Edition.Kind.CONTENT)

    def at(self, paths: Collection[str]) -> Self:
        """Editions of the piece that ever claimed one of the paths."""
        addresses = Address.objects.filter(path__in=paths)
        return self.filter(article_id__in=addresses.values("article_id"))

    def of(self, articles: Collection[int]) -> Self:
        """Editions of the articles with these ids."""
        return self.filter(article_id__in=articles)

    def called(self, slug: str) -> Self:
        return self.filter(slug=slug)

    def showing(self, image: "Image") -> Self:
        """Editions with the picture as their hero or in their texts."""
        in_text = Exists(image.in_editions.filter(edition=OuterRef("pk")))
        return self.filter(Q(hero=image) | in_text)

    def about(self, topic: Topic) -> Self:
        return self.filter(topic=topic)

    def by(self, author: Author) -> Self:
        return self.filter(Exists(author.edition_bylines.filter(edition=OuterRef("pk"))))

    def published_since(self, moment: datetime) -> Self:
        return self.filter(first_published_at__gte=moment)

    def published_before(self, moment: datetime) -> Self:
        return self.filter(first_published_at__lt=moment)

    def matching(self, words: Iterable[str]) -> Self:
        """Each of the words stands in the title, the standfirst or the text."""
        found = self
        for word in words:
            found = found.filter(
                Q(title__icontains=word) | Q(standfirst__icontains=word) | Q(text__icontains=word)
            )
        return found

    def topics(self) -> models.QuerySet[Topic]:
        """Topics of these editions, by name."""
        return Topic.objects.filter(Exists(self.filter(topic=OuterRef("pk"))))

    def counted_topics(self) -> models.QuerySet[Topic]:
        """The same with `live_count`, how many of these editions each one has."""
        return Topic.objects.filter(editions__in=self).annotate(live_count=Count("editions"))

    def authors(self) -> models.QuerySet[Author]:
        """People in the bylines of these editions, by name."""
        bylines = EditionByline.objects.filter(author=OuterRef("pk"), edition__in=self)
        return Author.objects.filter(Exists(bylines))

    def authors_changed(self) -> models.QuerySet[Any, tuple[str, datetime]]:
        """(slug, last change of one of these editions) of everybody in their bylines."""
        bylines = EditionByline.objects.filter(edition__in=self).order_by("author__slug")
        changed = bylines.values("author__slug").annotate(at=Max("edition__public_updated_at"))
        return changed.values_list("author__slug", "at")

    def for_sitemap(self) -> models.QuerySet["Edition", Any]:
        """No model object for each row: there may be 50,000."""
        return self.values_list(
            "slug", "public_updated_at", "topic__slug", "hero__renditions", "hero__not_before",
            "hero__rights_expire_on", named=True,
        )  # fmt: skip

    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-pk")

    def older_than(self, first_published_at: datetime, pk: int) -> Self:
        """The keyset page after the given edition, in the order of newest_first().

        This spelling uses the index on both databases; `Q(lt) | Q(eq, lt)` does not.
        """
        return self.filter(first_published_at__lte=first_published_at).exclude(
            first_published_at=first_published_at, pk__gte=pk
        )

    def whole(self) -> Self:
        """With topic and hero: what the page of one piece starts from."""
        return self.select_related("topic", "hero")

    def with_bylines(self) -> Self:
        bylines = EditionByline.objects.select_related("author")
        return self.prefetch_related(Prefetch("bylines", bylines))

    def with_cards(self) -> Self:
        """With all that a card in a list shows: two queries, whatever the number of rows."""
        return self.whole().with_bylines().defer("content", "html", "backlinks", "text")


class Edition(models.Model):
    class Kind(models.TextChoices):
        CONTENT = "content"
        RETRACTION = "retraction"  # a notice: the page answers 200, out of every list
        REMOVAL = "removal"  # 410, nothing remains
        END = "end"  # expired: 410 with a sentence

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
    update_line = models.CharField(max_length=200, blank=True)  # an UPDATE's line for readers
    notice = models.TextField(blank=True)  # why, for readers, of a retraction or an end

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
            # The list of all trends, newest first.
            models.Index(
                models.F("first_published_at").desc(),
                models.F("id").desc(),
                condition=Q(kind="content"),
                name="edition_newest",
            ),
            # The list of a topic, newest first.
            models.Index(
                "topic",
                models.F("first_published_at").desc(),
                models.F("id").desc(),
                condition=Q(kind="content"),
                name="edition_topic_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.kind}, from {self.live_from:%Y-%m-%d %H:%M})"

    def get_absolute_url(self) -> str:
        return reverse("trend", args=[self.slug])

    def absorb(self, content: Snapshot) -> None:
        """Take over a public snapshot: columns, pressed HTML, digest. Saves nothing."""
        head, pressed = content["head"], press.press(content)
        self.title, self.standfirst = head["title"], head["standfirst"]
        self.piece_kind = head["kind"]
        self.topic_id, self.hero_id = head["topic"], head["hero"]
        self.content, self.digest = content, digest(content)
        self.html, self.backlinks = pressed.html, pressed.backlinks
        self.text, self.words, self.renderer = pressed.text, pressed.words, press.RENDERER

    def add_bylines(self) -> None:
        """Write the byline rows of the content; authors stay references."""
        EditionByline.objects.bulk_create(
            EditionByline(edition=self, author_id=row["author"], role=row["role"], position=place)
            for place, row in enumerate(self.content["author"]["rows"])
        )

    @property
    def authors(self) -> list[Author]:
        """The people of the byline, in order. Costs no query after with_cards()."""
        return [byline.author for byline in self.bylines.all()]


class EditionByline(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("Author", on_delete=models.PROTECT, related_name="edition_bylines")
    role = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "author"], name="editionbyline_author_once")
        ]

    def __str__(self) -> str:
        return str(self.author)
