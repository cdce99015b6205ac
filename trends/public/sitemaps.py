"""sitemap.xml and robots.txt: what search engines may look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Edition
from ..models.address import trend_path
from ..models.image import rights_hold
from .context import absolute, document
from .pictures import widest_of

MOST = 50_000  # locations that one file may hold (sitemaps.org)
LISTS = ("trends", "topics", "corrections", "about")
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    changed_at: datetime | None = None
    picture: str = ""


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Addresses in force of live pieces, and the pages that list them. Two queries."""
    live = Edition.objects.live(timezone.now())
    rows = list(live.newest_first().for_sitemap()[:MOST])
    people = live.authors_changed()
    entries = [*fixed(rows), *topics(rows), *authors(people), *trends(rows)][:MOST]
    lines = "".join(map(element, entries))
    return document(f"{HEAD}{lines}</urlset>\n", "application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Allow: /",
        f"Disallow: {reverse('admin:index')}",
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    return document("\n".join(lines) + "\n", "text/plain")


def fixed(rows: list[Any]) -> Iterator[Entry]:
    newest = max((row.public_updated_at for row in rows), default=None)
    yield Entry(reverse("home"), newest)
    yield from (Entry(reverse(name), newest) for name in LISTS)


def topics(rows: list[Any]) -> Iterator[Entry]:
    changed: dict[str, datetime] = {}
    for row in rows:
        if row.topic__slug:
            known = changed.get(row.topic__slug, row.public_updated_at)
            changed[row.topic__slug] = max(known, row.public_updated_at)
    for slug, at in changed.items():
        yield Entry(reverse("topic", args=[slug]), at)


def authors(rows: Iterable[tuple[str, datetime]]) -> Iterator[Entry]:
    for slug, at in rows:
        yield Entry(reverse("author", args=[slug]), at)


def trends(rows: list[Any]) -> Iterator[Entry]:
    today = timezone.localdate()
    for row in rows:
        shows = rights_hold(row.hero__not_before, row.hero__rights_expire_on, today)
        table = row.hero__renditions if shows else None
        file = widest_of((table or {}).get("hero", []))
        yield Entry(trend_path(row.slug), row.public_updated_at, file["url"] if file else "")


def element(entry: Entry) -> str:
    parts = [f"<loc>{escape(absolute(entry.path))}</loc>"]
    if entry.changed_at:
        parts.append(f"<lastmod>{entry.changed_at.isoformat(timespec='seconds')}</lastmod>")
    if entry.picture:
        parts.append(f"<image:image><image:loc>{escape(entry.picture)}</image:loc></image:image>")
    return f"<url>{''.join(parts)}</url>\n"
