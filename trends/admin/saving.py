"""Saving a piece: one transaction, the row locked first, a stale form refused, a revision made."""

from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Article
from ..models.making import free_slug
from .article_form import ArticleForm
from .posted_rows import drop_gone, settle
from .rows import RowFormSet

# Posted by the page that shows both texts: this form replaces what was saved meanwhile.
OVER = "_over"
# Not content, so they make no revision, and yet nobody may overwrite them unseen.
BESIDES_CONTENT = {"slug", "legal_review_required", "legal_cleared", "embargo"}


class Saving(admin.ModelAdmin):
    """What ArticleAdmin does when a form comes in."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            # Whoever saves next waits here, and then finds the new version.
            rows = Article.objects.select_for_update().filter(pk=_number(object_id))
            list(rows.values_list("pk"))
            return super().changeform_view(request, object_id, *args, **kwargs)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Article, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" not in kwargs or obj.pk is None:
            return kwargs
        rows = inline.model.objects.filter(article=obj)
        if issubclass(inline.formset, RowFormSet):
            settle(kwargs["data"], prefix, dict(rows.values_list("key", "pk")))
        else:
            drop_gone(kwargs["data"], prefix, {str(pk) for pk in rows.values_list("pk", flat=True)})
        return kwargs

    def save_model(
        self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool
    ) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        _clear_legally(request.user, obj, form)
        if not change:
            _save_new(request, obj)
        elif form.changed_data:
            obj.save()

    def save_formset(
        self, request: HttpRequest, form: BaseForm, formset: Any, change: bool
    ) -> None:
        formset.by, formset.over = request.user, OVER in request.POST
        formset.save()

    def save_related(
        self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        article = form.instance
        if "embargo" in form.changed_data:
            _embargo(request, article, form)
        revision = article.record_revision(by=request.user)
        if revision is None and BESIDES_CONTENT & set(form.changed_data):
            article.version += 1
            article.save()


def _save_new(request: HttpRequest, article: Article) -> None:
    """Save, also where somebody took the slug between the form's check and now."""
    try:
        with transaction.atomic():
            article.save()
    except IntegrityError:
        taken, article.slug = article.slug, free_slug(article.title)
        article.save()
        message = f"The slug {taken} was taken at this moment; this trend got {article.slug}."
        messages.warning(request, message)


def _number(object_id: str) -> int:
    return int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0


def _clear_legally(user: Any, article: Article, form: ArticleForm) -> None:
    cleared = form.cleaned_data.get("legal_cleared", False)
    if cleared and article.legal_cleared_at is None:
        article.legal_cleared_at, article.legal_cleared_by = timezone.now(), user
    elif not cleared:
        article.legal_cleared_at = article.legal_cleared_by = None


def _embargo(request: HttpRequest, article: Article, form: ArticleForm) -> None:
    """Promise a source; say which plans fall with it."""
    planned = len(article.planned())
    article.set_embargo(until=form.cleaned_data["embargo"], by=request.user)
    if len(article.planned()) < planned:
        message = "The embargo ends later than a planned publication, which was cancelled."
        messages.warning(request, message)
