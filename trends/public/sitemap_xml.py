"""Sitemaps as XML (sitemaps.org 0.9, with the extensions of search engines)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from django.http import HttpResponse

from .context import absolute, document
from .feed_formats import xml
from .structured_data import iso

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    changed_at: datetime | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class News:
    path: str
    title: str
    published_at: str | None


def index(entries: Iterable[Entry]) -> HttpResponse:
    made = (element("sitemap", location(entry)) for entry in entries)
    return answer("sitemapindex", f'xmlns="{SITEMAPS}"', made)


def pages(entries: Iterable[Entry]) -> HttpResponse:
    made = (element("url", location(entry) + image(entry)) for entry in entries)
    return answer("urlset", f'xmlns="{SITEMAPS}" xmlns:image="{IMAGES}"', made)


def news(entries: Iterable[News], *, name: str, language: str) -> HttpResponse:
    publication = text("news:name", name) + text("news:language", language)
    head = element("news:publication", publication)
    made = (element("url", item(entry, head)) for entry in entries)
    return answer("urlset", f'xmlns="{SITEMAPS}" xmlns:news="{NEWS}"', made)


def item(entry: News, publication: str) -> str:
    date = text("news:publication_date", entry.published_at or "")
    told = f"{publication}{date}{text('news:title', entry.title)}"
    return text("loc", absolute(entry.path)) + element("news:news", told)


def location(entry: Entry) -> str:
    changed = iso(entry.changed_at)
    date = text("lastmod", changed) if changed else ""
    return text("loc", absolute(entry.path)) + date


def image(entry: Entry) -> str:
    """Only where it is: search engines have withdrawn all else."""
    return element("image:image", text("image:loc", entry.picture)) if entry.picture else ""


def answer(root: str, spaces: str, lines: Iterable[str]) -> HttpResponse:
    body = "\n".join(lines)
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<{root} {spaces}>\n{body}\n</{root}>\n'
    return document(text, "application/xml")


def text(tag: str, content: str) -> str:
    return element(tag, escape(xml(content)))


def element(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag}>"
