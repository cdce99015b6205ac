"""Related trends of a piece: what software found, what stands first, what never comes back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from ..models import Article, Edition, Refused, RelatedTrend
from ..models.article_queries import ArticleQuerySet
from ..models.related_wish import say
from .access import changed_article
from .bar import article_url

Wish = RelatedTrend.Wish
FOUND = 20  # pieces that a search shows
LONGEST = 100  # characters of a search
UNCLEAR, NOT_NOW = 422, 409
DONE = {Wish.PINNED: "stands first now", Wish.DROPPED: "will not come back"}
TAKEN_BACK = "is left to the software again"
GONE = "That piece is not there any more, or not yours to see. Look at the list again."


class WishForm(forms.Form):
    """A button of the page: which piece, and what with it ("": what was said is taken back)."""

    other = forms.ModelChoiceField(
        Article.objects.none(), error_messages=dict.fromkeys(("required", "invalid_choice"), GONE)
    )
    wish = forms.ChoiceField(choices=Wish.choices, required=False)

    def __init__(self, data: Any = None, *, among: ArticleQuerySet) -> None:
        super().__init__(data)
        self.fields["other"].queryset = among  # type: ignore[attr-defined]


class RelatedTrendPages(admin.ModelAdmin):
    """<id>/related/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.related_view)
        own = path("<int:object_id>/related/", view, name="trends_article_related")
        return [own, *super().get_urls()]

    def related_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        article = changed_article(request, object_id)
        if request.method != "POST":
            return self._related_page(request, article)
        form = WishForm(request.POST, among=_others(request, article))
        if not form.is_valid():
            return self._related_page(request, article, _words(form), status=UNCLEAR)
        other, wish = form.cleaned_data["other"], form.cleaned_data["wish"]
        now = timezone.now()
        try:
            say(article, other, wish, by=request.user, now=now)
        except Refused as refused:
            return self._related_page(request, article, [str(refused)], status=NOT_NOW)
        messages.success(request, f"“{other.title}” {DONE.get(wish, TAKEN_BACK)}.")
        return HttpResponseRedirect(article_url(article, "related"))

    def _related_page(
        self, request: HttpRequest, article: Article, errors: Iterable[str] = (),
        *, status: int = 200,
    ) -> HttpResponse:  # fmt: skip
        now = timezone.now()
        asked = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST]
        context = self.admin_site.each_context(request) | {
            "title": f"Related trends: {article.title}", "article": article, "opts": self.opts,
            "back": article_url(article), "errors": errors, "asked": asked,
            "parts": _parts(article, _others(request, article), now),
            "found": _found(article, _others(request, article), asked, now) if asked else [],
        }  # fmt: skip
        template = "admin/trends/article/related.html"
        return TemplateResponse(request, template, context, status=status)


def _others(request: HttpRequest, article: Article) -> ArticleQuerySet:
    """What the user may make a related trend."""
    return Article.objects.linkable_by(request.user, timezone.now()).exclude(pk=article.pk)


def _parts(article: Article, others: ArticleQuerySet, now: datetime) -> dict[str, list[Any]]:
    """By wish, in order. A piece that is none of the user's business has no name."""
    rows = list(RelatedTrend.objects.of(article.pk))
    known = others.in_bulk([row.other_id for row in rows])
    live = _live([row.other_id for row in rows], now)
    parts: dict[str, list[Any]] = {"pinned": [], "suggested": [], "dropped": []}
    for row in rows:
        shown = _shown(known.get(row.other_id), live.get(row.other_id))
        parts[row.wish or "suggested"].append(shown)
    return parts


def _found(
    article: Article, others: ArticleQuerySet, asked: str, now: datetime
) -> list[dict[str, Any]]:
    said = RelatedTrend.objects.of(article.pk).exclude(wish=Wish.NONE)
    rows = others.titled(asked).exclude(pk__in=said.values("other"))
    pieces = list(rows.order_by("-pk")[:FOUND])
    live = _live([piece.pk for piece in pieces], now)
    return [_shown(piece, live.get(piece.pk)) for piece in pieces]


def _live(articles: list[int], now: datetime) -> dict[int, Edition]:
    rows = Edition.objects.live(now).of(articles).only("article", "title", "slug")
    return {row.article_id: row for row in rows}


def _shown(article: Article | None, edition: Edition | None) -> dict[str, Any]:
    """Readers' title of what readers have, else the desk's."""
    if article is None:
        return {"pk": None, "title": "A piece that is not yours to see", "url": ""}
    title = edition.title if edition else article.title
    return {"pk": article.pk, "title": title, "url": edition.get_absolute_url() if edition else ""}


def _words(form: forms.Form) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]
