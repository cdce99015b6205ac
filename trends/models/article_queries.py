"""Which articles: the words in which the desk asks for them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Subquery

from .. import snapshot as plain
from .assignment import Assignment
from .content import ROW_NAMES
from .edition import Edition
from .states import STATUS_OF_KIND, Status

if TYPE_CHECKING:
    from .article import Article  # noqa: F401 (named in a string below)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Vocabulary of the desk's lists."""

    def on_desk(self) -> Self:
        return self.filter(discarded_at=None)

    def in_bin(self) -> Self:
        return self.exclude(discarded_at=None)

    def own(self, user: User) -> Self:
        """Pieces that a user started or has a section of."""
        assigned = Assignment.objects.filter(article=OuterRef("pk"), owner=user)
        return self.filter(Q(created_by=user) | Exists(assigned))

    def seen_by(self, user: Any) -> Self:
        """Editors see every piece, writers their own and assigned ones."""
        return self if user.has_perm("trends.change_all_articles") else self.own(user)

    def linkable_by(self, user: Any, now: datetime) -> Self:
        """Pieces that a user may link to: those seen, and what is public anyway."""
        public = Edition.objects.live(now).filter(article=OuterRef("pk"))
        seen = type(self)(self.model).seen_by(user).values("pk")
        return self.on_desk().filter(Q(pk__in=seen) | Exists(public))

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

    def with_pending(self) -> Self:
        """Adds `has_<section>` for pending_sections(), so that no text need be loaded."""
        filled = {
            f"has_{section}": _filled(self.model, section) for section in plain.CAN_BE_PENDING
        }
        return self.annotate(**filled)

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


def _filled(model: type[models.Model], section: str) -> Any:
    """Whether there is anything in a section of an article, for the database."""
    if section in ROW_NAMES:
        rows: Any = model._meta.get_field(ROW_NAMES[section]).related_model
        return Exists(rows._default_manager.filter(article=OuterRef("pk")))
    return ExpressionWrapper(~Q(**{section: ""}), output_field=models.BooleanField())
