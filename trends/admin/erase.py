"""Erasing the content of a piece, for those with a permission of their own: law and privacy.

They need not see pieces otherwise, so they find one by what a letter names: its address.
"""

from typing import Any
from urllib.parse import unquote, urlsplit

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..models import Address, Article, Refused
from ..models.address import known_as, trend_path
from ..models.erasing import erase, erased_already
from .access import may_all

ERASE = "trends.erase_article"


class FindForm(forms.Form):
    """Which piece: `article` is found, or the form says that none is."""

    piece = forms.CharField(
        label="Address or number",
        help_text="As a letter names it, such as https://example.org/trends/a-slug/, or 12.",
        error_messages={"required": "Enter the address of the piece, or its number."},
    )
    article: Article | None = None

    def clean_piece(self) -> str:
        typed: str = self.cleaned_data["piece"]
        self.article = found(typed)
        if self.article is None:
            raise forms.ValidationError("No piece has or had this address. Copy it again.")
        return typed


class EraseForm(forms.Form):
    reason = forms.CharField(
        widget=forms.Textarea({"rows": 3}),
        help_text="Kept for good: the law or the request, and nothing of the content.",
        error_messages={"required": "Erasing needs a reason. Enter the law, or who asked for it."},
    )
    slug = forms.CharField(label="To confirm, type its slug", required=False)

    def __init__(self, data: Any = None, *, article: Article) -> None:
        super().__init__(data)
        self.article = article
        self.fields["slug"].help_text = f"It is “{article.slug}”."
        self.fields["slug"].widget.attrs["autocomplete"] = "off"

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug != self.article.slug:
            raise forms.ValidationError(f"This is not its slug. Type “{self.article.slug}”.")
        return slug


def found(typed: str) -> Article | None:
    """The piece of a number, or of an address that it has or ever had."""
    typed = typed.strip()
    if typed.isdecimal() and len(typed) < 19:
        return Article.objects.filter(pk=typed).first()
    try:
        parts = urlsplit(typed)
    except ValueError:
        return None
    stem = "/" + unquote(parts.path).strip("/")
    paths = [stem, f"{stem}/", trend_path(stem.strip("/"))]
    paths += [f"{one}?{parts.query}" for one in paths if parts.query]
    address = Address.objects.filter(path__in=known_as(paths)).select_related("article").first()
    slug = stem.rpartition("/")[2]
    return address.article if address else Article.objects.filter(slug=slug).first()


class ErasePages(admin.ModelAdmin):
    """erase/ finds a piece, <id>/erase/ asks and does it; for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("erase/", view(self.find_to_erase_view), name="trends_article_find_to_erase"),
            path("<int:object_id>/erase/", view(self.erase_view), name="trends_article_erase"),
            *super().get_urls(),
        ]

    def find_to_erase_view(self, request: HttpRequest) -> HttpResponse:
        if not may_all(request.user, ERASE):
            raise PermissionDenied
        if request.method == "POST":
            return HttpResponseNotAllowed(["GET"])
        form = FindForm(request.GET if "piece" in request.GET else None)
        if form.is_bound and form.is_valid() and form.article:
            return HttpResponseRedirect(_erase_url(form.article))
        return self._erase_page(request, "find", title="Erase a piece", form=form)

    def erase_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        if not may_all(request.user, ERASE):
            raise PermissionDenied
        article = Article.objects.filter(pk=object_id).first()
        if article is None:
            raise Http404("There is no such piece.")
        form = EraseForm(request.POST if request.method == "POST" else None, article=article)
        if article.erased_at is None and form.is_bound and form.is_valid():
            return self._erased(request, article, form.cleaned_data["reason"])
        return self._erase_form(request, article, form)

    def _erased(self, request: HttpRequest, article: Article, reason: str) -> HttpResponse:
        try:
            erase(article, by=request.user, reason=reason)
        except Refused as refused:  # somebody else was quicker
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"The content of piece {article.pk} is erased.")
        return HttpResponseRedirect(reverse("admin:trends_article_find_to_erase"))

    def _erase_form(self, request: HttpRequest, article: Article, form: EraseForm) -> HttpResponse:
        now = timezone.now()
        return self._erase_page(
            request,
            "erase",
            title=f"Erase: {article.title}",
            piece=article,
            form=form,
            public_status=article.status(now).label,
            was_public=article.editions.begun(now).exists(),
            done=erased_already(article) if article.erased_at else "",
        )

    def _erase_page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        template = f"admin/trends/article/erase_{name}.html"
        return TemplateResponse(request, template, context)


def _erase_url(article: Article) -> str:
    return reverse("admin:trends_article_erase", args=[article.pk])
