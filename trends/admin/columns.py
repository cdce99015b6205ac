"""Columns of the list of pieces. Nothing here asks the database: see ArticleAdmin.get_queryset."""

from typing import Any

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from ..models import Article, Stage
from ..models.states import NOT_PUBLIC_YET
from ..snapshot import LABELS
from .bar import article_url

NOTHING = format_html('<span class="nothing">{}</span>', "–")


class Columns(admin.ModelAdmin):
    @admin.display(description="title", ordering="title")
    def headline(self, article: Article) -> SafeString:
        chips = [_chip("on hold", "stop")] if article.held_at else []
        notes = getattr(article, "open_notes", 0)
        if notes:
            chips.append(_chip("1 note" if notes == 1 else f"{notes} notes", "notes"))
        return format_html_join(" ", "{}", ((part,) for part in (article.title, *chips)))

    @admin.display(description="stage", ordering="stage")
    def stage_chip(self, article: Article) -> SafeString:
        return _chip(capfirst(Stage(article.stage).label), article.stage)

    @admin.display(description="public status")
    def public_status(self, article: Article) -> SafeString:
        status = article.status()
        chip = _chip(status.label, status.value)
        if article.has_unpublished_changes():
            return format_html("{} {}", chip, _chip("unpublished changes", "changes"))
        return chip

    @admin.display(description="updated", ordering="updated_at")
    def updated(self, article: Article) -> str:
        return date_format(timezone.localtime(article.updated_at), "j M Y")

    @admin.display(description="views, 7 days")
    def views(self, article: Article) -> Any:
        """A number for what readers get or got; it leads to the figures day by day."""
        if not article.views_lately and article.status() in NOT_PUBLIC_YET:
            return NOTHING
        words = f"{article.views_lately:,}"
        return format_html('<a href="{}">{}</a>', article_url(article, "readers"), words)

    @admin.display(description="authors")
    def authors(self, article: Article) -> str:
        return ", ".join(byline.author.name for byline in article.bylines.all()) or NOTHING

    @admin.display(description="pending")
    def pending_chips(self, article: Article) -> Any:
        sections = article.pending_sections()
        chips = format_html_join(" ", "{}", ((_chip(LABELS[s], "pending"),) for s in sections))
        return chips or NOTHING


def _chip(words: Any, kind: str) -> SafeString:
    return format_html('<span class="chip {}">{}</span>', kind, words)
