"""Which editions: the words in which readers' pages and the desk ask for them.

`Edition.objects.live(now)` is the one gate between the desk and the public.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, Subquery

from .address import Address, known_as
from .author import Author, AuthorQuerySet
from .edition_byline import EditionByline
from .months import counted_by_month, month_of_utc
from .related_trend import RelatedTrend
from .search_index import position
from .search_row import Wanted
from .topic import Topic, span_of

if TYPE_CHECKING:
    from .edition import Edition
    from .image import Image
    from .pin import PinQuerySet


def bylines() -> "Prefetch[Any]":
    """The bylines of editions with their authors: one query."""
    return Prefetch("bylines", EditionByline.objects.select_related("author"))


class Counted(Subquery):
    """How many rows a query of an outer one has, of which Django counts whole tables alone."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = models.IntegerField()


EVER = datetime.max.replace(tzinfo=UTC)
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class EditionQuerySet(models.QuerySet["Edition"]):
    def begun(self, now: datetime) -> Self:
        return self.filter(live_from__lte=now)

    def planned(self, now: datetime) -> Self:
        """Not begun yet, first one first."""
        return self.filter(live_from__gt=now).order_by("live_from")

    def in_force(self, now: datetime) -> Self:
        """The latest begun edition of each article, whatever its kind."""
        # One filter() with all of it, here and in live(): each costs as much as the query itself.
        return self.filter(~self._replaced(now), live_from__lte=now)

    def _replaced(self, now: datetime) -> Exists:
        """Whether a later one of the piece has begun."""
        return Exists(
            self.model._default_manager.filter(
                article_id=OuterRef("article_id"),
                live_from__gt=OuterRef("live_from"),
                live_from__lte=now,
            )
        )

    def standing(self, now: datetime) -> Self:
        """The edition in force of each article and all that begin later, by their start."""
        return self.filter(~self._replaced(now)).order_by("live_from")

    def live(self, now: datetime) -> Self:
        """What readers may see: the CONTENT editions in force."""
        content = self.model.Kind.CONTENT
        return self.filter(~self._replaced(now), live_from__lte=now, kind=content)

    def at(self, paths: Collection[str]) -> Self:
        """Editions of the piece that ever claimed one of the paths."""
        return self.at_known(known_as(paths))

    def at_known(self, paths: Collection[str]) -> Self:
        """The same for paths as they are kept (address.known_as)."""
        addresses = Address.objects.filter(path__in=paths)
        return self.filter(article_id__in=addresses.values("article_id"))

    def of(self, articles: Collection[int]) -> Self:
        """Editions of the articles with these ids."""
        # Not article_id__in: Django takes numbers alone there, no place in a prepared query.
        return self.filter(article__pk__in=articles)

    def linked_from(self, article: int | None, ids: Collection[int]) -> Self:
        """Those of the articles with these ids, and the related trends of `article`; `place` is
        theirs among these, None of all others.

        Ids first, as a UNION: an OR of the two would read the whole table on PostgreSQL.
        """
        kept = RelatedTrend.objects.of(article).kept().order_by()
        named = self.model.objects.of(ids).values("article_id")
        place = kept.filter(other=OuterRef("article_id")).values("place")
        both = kept.values("other_id").union(named)
        return self.filter(article_id__in=both).annotate(place=Subquery(place))

    def numbered(self, ids: Collection[int]) -> Self:
        """Those with these ids."""
        return self.filter(pk__in=ids)

    def called(self, slug: str) -> Self:
        return self.filter(slug=slug)

    def showing(self, image: "Image") -> Self:
        """Editions with the picture as their hero or in their texts."""
        in_text = Exists(image.in_editions.filter(edition=OuterRef("pk")))
        return self.filter(Q(hero=image) | in_text)

    def about(self, topic: Topic) -> Self:
        return self.filter(topic=topic)

    def by(self, author: Author) -> Self:
        """Of somebody with few, as with_volume() knows it, they are gathered and sorted; else they
        are met on the way through the editions in their order."""
        has_few = getattr(author, "has_many", True) is None
        return self.by_few(author.pk) if has_few else self.by_many(author.pk)

    def by_few(self, author: int) -> Self:
        theirs = EditionByline.objects.filter(author=author).order_by()
        return self.filter(pk__in=theirs.values("edition"))

    def by_many(self, author: int) -> Self:
        theirs = EditionByline.objects.filter(author=author, edition=OuterRef("pk")).order_by()
        return self.filter(Exists(theirs))

    def published_since(self, moment: datetime) -> Self:
        return self.filter(first_published_at__gte=moment)

    def published_before(self, moment: datetime) -> Self:
        return self.filter(first_published_at__lt=moment)

    def by_month(self) -> Iterator[tuple[date, int]]:
        """(first day, how many were first published) of each month of the site's zone, newest
        first."""
        return counted_by_month(self)

    def recent_or_about(self, moment: datetime, topics: Collection[int]) -> Self:
        """First published since a moment, or about one of the topics (ids)."""
        return self.filter(Q(first_published_at__gte=moment) | Q(topic__in=topics))

    def matching(self, wanted: Wanted) -> Self:
        """Those in which the words stand; nothing where no word is asked for."""
        return self.filter(search_row__words__match=wanted) if wanted.query else self.none()

    def walking(self, wanted: Wanted) -> Self:
        """The same, for words that stand in many texts and in the order of newest_in_index()."""
        return self.filter(search_row__words__walk=wanted)

    def newest_in_index(self) -> Self:
        """newest_first() of those that match, by the second: the order that the index has."""
        return self.order_by("-search_row__position")

    def positioned(self, since: datetime | None, before: datetime | None) -> Self:
        """First published in a span, as the index knows it."""
        found = self
        if since:
            found = found.filter(search_row__position__gte=position(since))
        return found.filter(search_row__position__lt=position(before)) if before else found

    def topics(self) -> models.QuerySet[Topic]:
        """Topics of these editions, by name.

        One is looked for in each topic, by its index: PostgreSQL makes a join of an EXISTS and
        reads all editions.
        """
        newest = self.filter(topic=OuterRef("pk")).newest_first().values("pk")[:1]
        return Topic.objects.alias(newest=Subquery(newest)).filter(newest__isnull=False)

    def counted_topics(self) -> models.QuerySet[Topic]:
        """The same with `live_count`, how many of these editions each one has."""
        rows = self.filter(topic=OuterRef("pk")).order_by().values("topic")
        return self.topics().annotate(live_count=Subquery(rows.annotate(n=Count("pk")).values("n")))

    def topics_counted_to(self, most: int) -> models.QuerySet[Topic]:
        """counted_topics() for large archives: of each topic no more than `most` are counted."""
        rows = self.filter(topic=OuterRef("pk")).newest_first().values("pk")[:most]
        return self.topics().annotate(live_count=Counted(rows))

    def authors(self) -> AuthorQuerySet:
        """People in the bylines of these editions, by name; one is looked for of each.

        The newest: the order makes PostgreSQL take the index, where it would else read bylines
        until it meets one of theirs.
        """
        theirs = self.filter(bylines__author=OuterRef("pk")).order_by("-bylines__edition")
        people: AuthorQuerySet = Author.objects.all()
        one = theirs.values("pk")[:1]
        return people.alias(one=Subquery(one)).filter(one__isnull=False)

    def authors_changed(self) -> models.QuerySet[Any, tuple[str, datetime]]:
        """(slug, last change of one of these editions) of everybody in their bylines."""
        people = self.filter(bylines__isnull=False).order_by("bylines__author__slug")
        changed = people.values("bylines__author__slug").annotate(at=Max("public_updated_at"))
        return changed.values_list("bylines__author__slug", "at")

    def topics_changed(self) -> models.QuerySet[Any, tuple[str | None, datetime]]:
        """(slug, last change of one of these editions) of every topic; without one: None."""
        topics = self.order_by("topic__slug").values("topic__slug")
        return topics.annotate(at=Max("public_updated_at")).values_list("topic__slug", "at")

    def months(self) -> models.QuerySet["Edition", Any]:
        """`month` of first publication ("2025-03", of UTC), how many (`pieces`), and when one of
        them last changed (`changed_at`); latest month first."""
        rows = self.annotate(month=month_of_utc()).order_by("-month").values("month")
        rows = rows.annotate(pieces=Count("pk"), changed_at=Max("public_updated_at"))
        return rows.values_list("month", "pieces", "changed_at", named=True)

    def editorial(self) -> Self:
        """Without what is paid for."""
        return self.exclude(piece_kind="sponsored")

    def for_index(self) -> Self:
        """What a list of links says: title, standfirst, address, date."""
        return self.only("slug", "title", "standfirst", "first_published_at")

    def for_sitemap(self) -> models.QuerySet["Edition", Any]:
        """No model object for each row: there may be 10,000."""
        return self.values_list(
            "slug", "public_updated_at", "hero__renditions", "hero__not_before",
            "hero__rights_expire_on", named=True,
        )  # fmt: skip

    def old(self, now: datetime) -> Self:
        """Neither updated nor checked for as long as their topic allows (Edition.is_old)."""
        old = Q()
        for months in Topic.Ages:
            if span := span_of(months):
                about = Q(topic__ages_after=months)
                about |= Q(topic=None) if months == Topic.Ages.YEAR else Q()
                unchecked = Q(last_checked_at=None) | Q(last_checked_at__lt=now - span)
                old |= about & Q(public_updated_at__lt=now - span) & unchecked
        return self.filter(old)

    def newest_first(self) -> Self:
        # All are younger than that. But SQLite, which would else gather them all by their start and
        # sort them, follows the index of an order where that is bounded; so below. It is bounded
        # at the end: of two beginnings SQLite takes the first that is written, and would go through
        # all that is newer than a page on its way there.
        newest = self.filter(first_published_at__gte=BEFORE_ALL)
        return newest.order_by("-first_published_at", "-pk")

    def older_than(self, first_published_at: datetime, pk: int) -> Self:
        """The keyset page after the given edition, in the order of newest_first().

        This spelling uses the index on both databases; `Q(lt) | Q(eq, lt)` does not.
        """
        return self.filter(first_published_at__lte=first_published_at).exclude(
            first_published_at=first_published_at, pk__gte=pk
        )

    def oldest_first(self) -> Self:
        return self.filter(first_published_at__lte=EVER).order_by("first_published_at", "pk")

    def newer_than(self, first_published_at: datetime, pk: int) -> Self:
        """The keyset page after the given edition, in the order of oldest_first()."""
        return self.filter(first_published_at__gte=first_published_at).exclude(
            first_published_at=first_published_at, pk__lte=pk
        )

    def last_updated_first(self) -> Self:
        updated = self.filter(public_updated_at__gte=BEFORE_ALL)
        return updated.order_by("-public_updated_at", "-pk")

    def updated_before(self, public_updated_at: datetime, pk: int) -> Self:
        """The keyset page after the given edition, in the order of last_updated_first()."""
        return self.filter(public_updated_at__lte=public_updated_at).exclude(
            public_updated_at=public_updated_at, pk__gte=pk
        )

    def lower_in_index(self, first_published_at: datetime, pk: int) -> Self:
        """The keyset page after the given edition, in the order of newest_in_index()."""
        return self.filter(search_row__position__lt=position(first_published_at, pk))

    def with_evidence(self) -> Self:
        return self.filter(content__evidence__rows__0__isnull=False)

    def unpinned(self, pins: "PinQuerySet") -> Self:
        return self.exclude(article_id__in=pins.values("article_id"))

    def pinned_or_newest(self, pins: "PinQuerySet", count: int) -> Self:
        """Those that are pinned, with their `slot`, and the newest others, `count` of them.

        Ids first, as a UNION: each half uses its index, where an OR of the two would read the
        whole table on PostgreSQL. From each pin to its edition: SQLite would look for pins beside
        all editions of a topic.
        """
        newest = self.unpinned(pins).newest_first().values("pk")[:count]
        theirs = self.filter(article_id=OuterRef("article_id")).order_by().values("pk")[:1]
        pinned = pins.order_by().annotate(edition=Subquery(theirs)).values("edition")
        both = self.model.objects.filter(pk__in=newest).values("pk").union(pinned)
        slots = pins.filter(article_id=OuterRef("article_id")).order_by("slot").values("slot")
        return type(self)(self.model).filter(pk__in=both).annotate(slot=Subquery(slots[:1]))

    def whole(self) -> Self:
        """With topic and hero: what the page of one piece starts from."""
        return self.select_related("topic", "hero")

    def with_text(self) -> Self:
        """With topic and words: what a list of search results shows."""
        return self.select_related("topic").defer("content", "html", "backlinks")

    def with_bylines(self) -> Self:
        return self.prefetch_related(bylines())

    def with_topics(self) -> Self:
        """With what a line of a short list shows: one query."""
        return self.select_related("topic").defer("content", "html", "backlinks", "text")

    def for_cards(self) -> Self:
        """With all that a card in a list shows."""
        return self.whole().defer("content", "html", "backlinks", "text")
