"""Columns of the list of pieces. Nothing here asks the database: see ArticleAdmin.get_queryset."""

from typing import Any

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ..models import Article, Stage
from ..snapshot import LABELS

NOTHING = "–"


class Columns(admin.ModelAdmin):
    @admin.display(description="title", ordering="title")
    def headline(self, article: Article) -> str | SafeString:
        if article.held_at:
            return format_html('{} <span class="chip stop">on hold</span>', article.title)
        return article.title

    @admin.display(description="stage", ordering="stage")
    def stage_chip(self, article: Article) -> SafeString:
        return _chip(Stage(article.stage).label, article.stage)

    @admin.display(description="public status")
    def public_status(self, article: Article) -> SafeString:
        status = article.status()
        chip = _chip(status.label, status.value)
        if article.has_unpublished_changes():
            return format_html("{} {}", chip, _chip("unpublished changes", "changes"))
        return chip

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
