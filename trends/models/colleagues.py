"""Colleagues: members of staff as a piece sees them: who may open it, who is named in a note."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from ..mentions import mentions
from .assignment import Assignment

if TYPE_CHECKING:
    from .article import Article

BACKEND = "django.contrib.auth.backends.ModelBackend"  # the one that keeps permissions in tables


def who_see(article: "Article") -> QuerySet[User]:
    """Members of staff who may open a piece: the rule of Article.objects.seen_by(), asked the
    other way round."""
    every = User.objects.with_perm("trends.change_all_articles", backend=BACKEND)
    owing = Assignment.objects.for_articles([article]).exclude(owner=None).order_by()
    theirs = Q(pk=article.owner_id) | Q(pk__in=owing.values("owner")) | Q(pk__in=every.values("pk"))
    seeing: QuerySet[User] = User.objects.with_perm("trends.view_article", backend=BACKEND)
    return seeing.filter(theirs, is_staff=True).order_by("username")


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a text names: colleagues who may open the piece, those who may not, and names that
    nobody has."""

    seeing: list[User]
    barred: list[User]
    unknown: list[str]


def named_in(text: str, article: "Article") -> Named:
    """Two queries at most, none for a text that names nobody. Small and capital letters are the
    same, unless two accounts differ in nothing else."""
    names = mentions(text)
    if not names:
        return Named([], [], [])
    staff = User.objects.filter(is_active=True, is_staff=True).alias(small=Lower("username"))
    rows = staff.filter(Q(username__in=names) | Q(small__in=[name.lower() for name in names]))
    people = [_called(name, list(rows)) for name in names]
    found = {user.pk: user for user in people if user}
    seeing = set(who_see(article).filter(pk__in=found).values_list("pk", flat=True))
    return Named(
        seeing=[user for pk, user in found.items() if pk in seeing],
        barred=[user for pk, user in found.items() if pk not in seeing],
        unknown=[name for name, user in zip(names, people, strict=True) if user is None],
    )


def _called(name: str, people: list[User]) -> User | None:
    exact = [user for user in people if user.username == name]
    alike = [user for user in people if user.username.lower() == name.lower()]
    return next(iter(exact or alike), None)
