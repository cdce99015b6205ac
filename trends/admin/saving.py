"""Saving a piece: one transaction, the row locked first, a late form merged, a revision made."""

from operator import attrgetter
from typing import Any

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ..models import Article, Byline, RelatedLink, Revision
from ..models.content import ROW_NAMES
from ..models.making import free_slug
from .access import know_own
from .article_form import BESIDES_CONTENT, ArticleForm
from .conflicts import merged_message
from .known import KnownChoices
from .merged_post import Arrival, arrive, arrive_new
from .posted_rows import is_key
from .rows import RowFormSet

# What the form of a piece shows, each with one query.
SHOWN = (
    "topic",
    "evidence",
    "key_points",
    "actions",
    Prefetch("bylines", Byline.objects.select_related("author")),
    Prefetch("related_links", RelatedLink.objects.select_related("target")),
)
SECTION_OF = {name: section for section, name in ROW_NAMES.items()}


class MadeMeanwhile(Exception):
    """The same form of a new piece came in at the same moment, and made it."""


class Saving(KnownChoices, admin.ModelAdmin):
    """What ArticleAdmin does when a form comes in."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        posted = request.POST
        try:
            return super().changeform_view(request, *args, **kwargs)
        except MadeMeanwhile:
            request.POST = posted
            return super().changeform_view(request, *args, **kwargs)

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: Any
    ) -> HttpResponse:
        """Inside of the transaction that Django opens for a POST: whoever saves next waits for
        the lock here, and then finds the new version."""
        if request.method == "POST":
            arrival = self._arrive(request, object_id)
            if arrival and not object_id:
                object_id = str(arrival.article.pk)
                form_url = reverse("admin:trends_article_change", args=[object_id])
        page: HttpResponse = super()._changeform_view(  # type: ignore[misc]
            request, object_id, form_url, extra_context
        )
        return page

    def _arrive(self, request: HttpRequest, object_id: str | None) -> Arrival | None:
        """Lock the piece, merge what was posted, and put it in place of it."""
        made = 0 if object_id else _made_by(request.POST.get("form_key", ""))
        pieces: Any = self.get_queryset(request)
        pk = _number(object_id) if object_id else made
        rows = pieces.with_last_revision().select_related("topic", "hero")
        rows = rows.select_for_update(of=("self",), no_key=True)
        piece = rows.filter(pk=pk).first() if pk else None
        if piece is None:  # a key that made somebody else's piece is no key
            request.POST = arrive_new(request.POST, keep_key=not made)  # type: ignore[assignment]
            return None
        know_own(request, piece)  # get_queryset() has asked whose it is
        arrival = arrive(piece, request.POST)
        request.arrival = arrival  # type: ignore[attr-defined]
        request.POST = arrival.data  # type: ignore[assignment]
        return arrival

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        """The row that is locked already, where it is."""
        arrival = arrival_of(request)
        if arrival and str(arrival.article.pk) == object_id:
            return arrival.article
        article = super().get_object(request, object_id, from_field)
        if article is not None:
            prefetch_related_objects([article], *SHOWN)
        return article

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.arrival = arrival_of(request)
        return form

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Article, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        arrival = arrival_of(request)
        if issubclass(inline.formset, RowFormSet):
            if arrival:
                kwargs |= {"rows": arrival.rows[SECTION_OF[prefix]], "numbers": arrival.numbers}
            elif obj.pk:
                kwargs["rows"] = list(getattr(obj, prefix).all())
        return kwargs

    def save_model(
        self, request: HttpRequest, obj: Article, form: ArticleForm, change: bool
    ) -> None:
        _clear_legally(request.user, obj, form)
        if not change:
            obj.created_by = obj.owner = request.user  # type: ignore[assignment]
            key = str(form.cleaned_data.get("form_key") or "")
            obj.form_key = key if is_key(key) else None
            _save_new(request, obj)
            know_own(request, obj)
        # A change is written once, with its rows: save_related().

    def save_formset(
        self, request: HttpRequest, form: BaseForm, formset: Any, change: bool
    ) -> None:
        formset.by = request.user
        formset.save()

    def save_related(
        self, request: HttpRequest, form: ArticleForm, formsets: Any, change: bool
    ) -> None:
        meanwhile = merged_message(arrival_of(request))
        super().save_related(request, form, formsets, change)
        article = form.instance
        if change and "embargo" in form.changed_data:
            article.save()  # the promise is made behind a lock of its own, which reads it anew
        if "embargo" in form.changed_data:
            _embargo(request, article, form)
        version = article.version
        arrival = arrival_of(request)
        rows, last = _rows(arrival, formsets, change), arrival and arrival.last
        revision = article.record_revision(by=request.user, rows=rows, last=last)
        request.revision = revision  # type: ignore[attr-defined]
        if article.version == version and set(BESIDES_CONTENT) & set(form.changed_data):
            article.version += 1
            article.save()
        if "review_by" in form.changed_data:
            _look_again(request, form, revision)
        if meanwhile:
            messages.info(request, meanwhile)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """What a revision tells is told: who, when and what."""
        return None if _recorded(request) else super().log_change(request, obj, message)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if _recorded(request) else super().log_addition(request, obj, message)


def _recorded(request: HttpRequest) -> bool:
    return getattr(request, "revision", None) is not None


def arrival_of(request: HttpRequest) -> Arrival | None:
    """What a POST to the form of a piece was merged into."""
    return getattr(request, "arrival", None)


def _rows(
    arrival: Arrival | None, formsets: list[Any], change: bool
) -> dict[str, list[Any]] | None:
    """All rows as they are saved now, by section; None where not all are at hand."""
    if change and arrival is None:
        return None
    rows: dict[str, list[Any]] = {section: [] for section in ROW_NAMES}
    rows |= arrival.rows if arrival else {}
    for formset in formsets:
        if isinstance(formset, RowFormSet):
            section = SECTION_OF[str(formset.prefix)]
            posted = {form.instance.pk for form in formset.initial_forms}
            left = [row for row in rows[section] if row.pk not in posted]
            rows[section] = sorted([*formset.kept_rows, *left], key=attrgetter("position", "pk"))
    return rows


def _save_new(request: HttpRequest, article: Article) -> None:
    """Save, also where somebody took the slug between the form's check and now."""
    try:
        with transaction.atomic():
            article.save()
    except IntegrityError:
        if _made_by(article.form_key or ""):
            raise MadeMeanwhile from None
        taken, article.slug = article.slug, free_slug(article.title)
        article.save()
        message = f"The slug {taken} was taken at this moment; this trend got {article.slug}."
        messages.warning(request, message)


def _made_by(form_key: str) -> int:
    """The piece that the form of that key has made; 0 for none."""
    if not is_key(form_key):
        return 0
    made = Article.objects.filter(form_key=form_key)
    return made.values_list("pk", flat=True).first() or 0


def _number(object_id: str) -> int:
    return int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0


def _clear_legally(user: Any, article: Article, form: ArticleForm) -> None:
    cleared = form.cleaned_data.get("legal_cleared", False)
    if cleared and article.legal_cleared_at is None:
        article.legal_cleared_at, article.legal_cleared_by = timezone.now(), user
    elif not cleared:
        article.legal_cleared_at = article.legal_cleared_by = None


def _look_again(request: HttpRequest, form: ArticleForm, revision: Revision | None) -> None:
    """The day is no content, so no revision tells who set it."""
    days = [str(form.initial.get("review_by") or ""), str(form.instance.review_by or "")]
    said = {"details": {"look_again": days}, "revision": revision}
    form.instance.record("look_again", by=request.user, now=timezone.now(), **said)


def _embargo(request: HttpRequest, article: Article, form: ArticleForm) -> None:
    """Promise a source; say which plans fall with it."""
    planned = len(article.planned())
    article.set_embargo(until=form.cleaned_data["embargo"], by=request.user)
    if len(article.planned()) < planned:
        message = "The embargo ends later than a planned publication, which was cancelled."
        messages.warning(request, message)
