"""Who may do what with which piece. `admin_view` checks no more than "active staff"."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from ..models import Article


def may_all(user: Any, *permissions: str) -> bool:
    """The user has each of the permissions."""
    return all(user.has_perm(name) for name in permissions)


def seen_article(request: HttpRequest, object_id: Any, *permissions: str) -> Article:
    """A piece that the user may look at.

    Raises PermissionDenied without the permissions or for somebody else's piece, Http404 for none.
    """
    if not may_all(request.user, "trends.view_article", *permissions):
        raise PermissionDenied
    article = _article(object_id)
    if may_all(request.user, "trends.change_all_articles"):
        return article
    if not Article.objects.seen_by(request.user).filter(pk=article.pk).exists():
        raise PermissionDenied
    return article


def changed_article(request: HttpRequest, object_id: Any, *permissions: str) -> Article:
    """A piece that the user may change; raises as seen_article() does."""
    article = seen_article(request, object_id, *permissions)
    if not article.may_be_changed_by(request.user):
        raise PermissionDenied
    return article


def new_article(request: HttpRequest) -> Article:
    """A piece that is not saved yet, for who may add one. Raises PermissionDenied."""
    if not may_all(request.user, "trends.add_article"):
        raise PermissionDenied
    return Article()


def may_change(request: HttpRequest, article: Article) -> bool:
    """Whether the user may change the piece. Django asks some ten times while it draws a form;
    the database is asked once a request."""
    known: dict[int, bool] = request.__dict__.setdefault("may_change", {})
    if article.pk not in known:
        known[article.pk] = article.may_be_changed_by(request.user)
    return known[article.pk]


def know_own(request: HttpRequest, article: Article) -> None:
    """The piece is known to be the user's business, so may_change() need ask no database."""
    known: dict[int, bool] = request.__dict__.setdefault("may_change", {})
    known[article.pk] = not article.erased_at and may_all(request.user, "trends.change_article")


def _article(object_id: Any) -> Article:
    try:
        return Article.objects.get(pk=object_id)
    except (Article.DoesNotExist, ValueError, OverflowError):
        raise Http404("There is no such piece. It may have another address now.") from None
