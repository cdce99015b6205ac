"""Which articles: the words in which the desk asks for them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.utils import timezone

from .. import snapshot as plain
from .assignment import Assignment
from .content import ROW_NAMES
from .correction import Correction
from .day_views import DayViews
from .edition import Edition
from .note import Note
from .release import Release
from .revision import Revision
from .states import STATUS_OF_KIND, Stage, Status
from .transition import Transition
from .waiting import Wanted

if TYPE_CHECKING:
    from .article import Article  # noqa: F401 (named in a string below)
    from .topic import Topic


class ArticleQuerySet(models.QuerySet["Article"]):
    """Vocabulary of the desk's lists."""

    def on_desk(self) -> Self:
        return self.filter(discarded_at=None)

    def in_bin(self) -> Self:
        return self.exclude(discarded_at=None)

    def about(self, topic: "Topic") -> Self:
        return self.filter(topic=topic)

    def not_live(self, now: datetime) -> Self:
        """Pieces that readers don't get: never published, retracted, removed or ended."""
        return self.exclude(Exists(Edition.objects.live(now).filter(article=OuterRef("pk"))))

    def own(self, user: User) -> Self:
        """Pieces that a user looks after or has a section of."""
        # As a UNION each half goes by its index; an OR of the two asks of every piece.
        theirs = self.model._default_manager.filter(owner=user).order_by().values("pk")
        assigned = Assignment.objects.filter(owner=user).order_by().values("article")
        return self.filter(pk__in=theirs.union(assigned))

    def seen_by(self, user: Any) -> Self:
        """Editors see every piece, writers their own and assigned ones."""
        return self if user.has_perm("trends.change_all_articles") else self.own(user)

    def linkable_by(self, user: Any, now: datetime) -> Self:
        """Pieces that a user may link to: those seen, and what is public anyway."""
        public = Edition.objects.live(now).filter(article=OuterRef("pk"))
        seen = type(self)(self.model).seen_by(user).values("pk")
        return self.on_desk().filter(Q(pk__in=seen) | Exists(public))

    def titled(self, words: str) -> Self:
        """Each of the words stands in the title."""
        found = self
        for word in words.split():
            found = found.filter(title__icontains=word)
        return found

    def with_status(self, now: datetime) -> Self:
        """Adds `kind_in_force`, `digest_in_force` and `next_start` for Article.status()."""
        editions = Edition.objects.filter(article=OuterRef("pk"))
        begun = editions.begun(now).order_by("-live_from")
        planned = editions.planned(now).filter(kind=Edition.Kind.CONTENT)
        return self.annotate(
            kind_in_force=Subquery(begun.values("kind")[:1]),
            digest_in_force=Subquery(begun.values("digest")[:1]),
            next_start=Subquery(planned.values("live_from")[:1]),
        )

    def with_last_revision(self) -> Self:
        """Adds `last_number` and `last_digest`, None without a revision."""
        last = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
        return self.annotate(
            last_number=Subquery(last.values("number")[:1]),
            last_digest=Subquery(last.values("digest")[:1]),
        )

    def with_pending(self) -> Self:
        """Adds `has_<section>` for pending_sections(), so that no text need be loaded."""
        filled = {
            f"has_{section}": _filled(self.model, section) for section in plain.CAN_BE_PENDING
        }
        return self.annotate(**filled)

    def with_views(self, days: int, today: date) -> Self:
        """Adds `views_lately`, of so many days. The database reckons it for the rows that a page
        of a list shows, each by its index."""
        views = DayViews.objects.of_last(days, today).filter(article=OuterRef("pk"))
        totals = views.order_by().values("article").annotate(total=Sum("views")).values("total")
        return self.annotate(views_lately=Coalesce(Subquery(totals), 0))

    def in_status(self, status: str, now: datetime) -> Self:
        rows = self.with_status(now)
        if status in (Status.UNPUBLISHED, Status.SCHEDULED):
            return rows.filter(kind_in_force=None, next_start__isnull=status != Status.SCHEDULED)
        kinds = [kind for kind, name in STATUS_OF_KIND.items() if name == status]
        return rows.filter(kind_in_force__in=kinds)

    def pending(self, section: str) -> Self:
        """Pieces whose section is empty and not marked as not needed."""
        rows = self.exclude(not_needed__has_key=section)
        if section in ROW_NAMES:
            return rows.filter(**{f"{ROW_NAMES[section]}__isnull": True})
        return rows.filter(**{section: ""})

    def nobody_assigned(self) -> Self:
        return self.pending("author")

    def in_review(self) -> Self:
        return self.filter(stage=Stage.IN_REVIEW)

    def on_the_way(self) -> Self:
        """Submitted or approved."""
        return self.filter(stage__in=(Stage.IN_REVIEW, Stage.APPROVED))

    def held(self) -> Self:
        return self.exclude(held_at=None)

    def returned(self) -> Self:
        """Drafts that came back with a note, and were not submitted again."""
        steps = Transition.objects.of_stages().filter(article=OuterRef("pk"))
        rows = self.filter(stage=Stage.DRAFT).alias(last_step=Subquery(steps.values("verb")[:1]))
        return rows.filter(last_step="return_to_writer")

    def schedulable(self, now: datetime) -> Self:
        """Approved, not on hold, with something that readers have not got, and in no release
        that is still to come."""
        same = Edition.objects.live(now).filter(
            article=OuterRef("pk"), digest=OuterRef("public_digest")
        )
        free = self.on_desk().exclude(releases__in=Release.objects.not_out(now))
        return free.filter(stage=Stage.APPROVED, held_at=None).exclude(Exists(same))

    def planned(self, now: datetime) -> Self:
        """Pieces of which readers will get a text later: for the first time or instead of one."""
        planned = Edition.objects.planned(now).filter(kind=Edition.Kind.CONTENT)
        return self.filter(pk__in=planned.order_by().values("article"))

    def live(self, now: datetime) -> Self:
        # Asked of each piece: SQLite would gather the ids of all that are live for an IN.
        return self.filter(Exists(Edition.objects.live(now).filter(article=OuterRef("pk"))))

    def live_with_changes(self, now: datetime) -> Self:
        """Readers of these see an older text than the desk."""
        theirs = Edition.objects.live(now).filter(article=OuterRef("pk"))
        return self.filter(Exists(theirs.exclude(digest=OuterRef("public_digest"))))

    def corrected(self) -> Self:
        """Readers were told of a correction, clarification or note."""
        return self.filter(pk__in=Correction.objects.order_by().values("article"))

    def stale(self, now: datetime) -> Self:
        """Live, and neither updated nor checked for as long as its topic allows, or its day to
        be looked at has come."""
        live = Edition.objects.live(now).filter(article=OuterRef("pk"))
        due = Q(Exists(live), discarded_at=None, review_by__lte=timezone.localdate(now))
        return self.filter(Q(Exists(live.old(now))) | due)

    def to_review(self, now: datetime) -> Self:
        """Live, and the day has come to look whether it is still true."""
        return self.on_desk().live(now).filter(review_by__lte=timezone.localdate(now))

    def with_open_notes(self) -> Self:
        """Adds `open_notes`, their number."""
        notes = Note.objects.open().filter(article=OuterRef("pk")).order_by()
        count = notes.values("article").annotate(count=Count("pk")).values("count")
        return self.annotate(open_notes=Coalesce(Subquery(count), 0))

    def with_public_dates(self, now: datetime) -> Self:
        """Adds `slug_in_force`, `first_published_at` and `public_updated_at` of what readers
        have."""
        begun = Edition.objects.filter(article=OuterRef("pk")).begun(now).order_by("-live_from")
        return self.annotate(
            slug_in_force=Subquery(begun.values("slug")[:1]),
            first_published_at=Subquery(begun.values("first_published_at")[:1]),
            public_updated_at=Subquery(begun.values("public_updated_at")[:1]),
        )

    def lately_changed(self, count: int) -> Self:
        """So many of these, those that were changed last."""
        newest = self.order_by("-updated_at", "-pk").values("pk")[:count]
        return type(self)(self.model).filter(pk__in=newest)

    def looked_after_by(self, user: User) -> Self:
        return self.filter(owner=user)

    def alive(self, now: datetime) -> Self:
        """Not discarded, and live or not public yet."""
        kinds = Q(kind_in_force=None) | Q(kind_in_force=Edition.Kind.CONTENT)
        return self.on_desk().with_status(now).filter(kinds)

    def unfinished(self, now: datetime) -> Self:
        """Alive, and not public yet or with a pending section."""
        rows = self.alive(now).with_pending()
        return rows.filter(Q(kind_in_force=None) | Wanted().condition())

    def to_enrich(self, wanted: Wanted, now: datetime) -> Self:
        """Alive pieces with a pending section that is wanted; those that came first stand
        first. No texts."""
        rows = self.alive(now).with_pending().filter(wanted.condition())
        known = rows.select_related("topic").order_by("created_at", "pk")
        return known.only("title", "topic", "not_needed", "stage", "held_at", "created_at")

    def came_after(self, created_at: datetime, pk: int) -> Self:
        """The keyset page after the given piece, in the order of to_enrich()."""
        return self.filter(created_at__gte=created_at).exclude(created_at=created_at, pk__lte=pk)


def _filled(model: type[models.Model], section: str) -> Any:
    """Whether there is anything in a section of an article, for the database. Not by EXISTS: for
    the fifty pieces of a page PostgreSQL would gather the rows of all others first."""
    if section in ROW_NAMES:
        rows: Any = model._meta.get_field(ROW_NAMES[section]).related_model
        theirs = rows._default_manager.filter(article=OuterRef("pk")).order_by()
        return IsNull(Subquery(theirs.values("pk")[:1]), False)
    return ExpressionWrapper(~Q(**{section: ""}), output_field=models.BooleanField())
