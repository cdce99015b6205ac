"""What search engines may look at: an index of sitemaps, one for each month in which pieces were
first published, one of all other pages, and one of the news. Only addresses in force."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ..models import Edition
from ..models.address import trend_path
from ..models.edition_queries import EditionQuerySet
from ..models.image import rights_hold
from . import sitemap_xml
from .corrections import published
from .errors import not_found
from .lasting import holds_until
from .one_moment import for_readers
from .pictures import widest_of
from .policies import POLICIES, path_of
from .sitemap_xml import Entry, News
from .structured_data import iso, language

# Locations of one file. sitemaps.org allows 50,000 and 50 MB; this many are made in memory, with
# addresses as long as they can be some 7 MB.
MOST = 10_000
IS_NEWS = timedelta(days=2)
MOST_NEWS = 1_000
LISTS = ("home", "trends", "topics", "archive")


class Part(NamedTuple):
    """The pieces that were first published in a month (of UTC): `number` MOST, from 1."""

    month: str  # "2025-03"
    number: int = 1

    def __str__(self) -> str:
        return self.month if self.number == 1 else f"{self.month}-{self.number}"

    @property
    def begin(self) -> datetime:
        year, month = self.month.split("-")
        return datetime(int(year), int(month), 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        return (self.begin + timedelta(days=31)).replace(day=1)

    @property
    def rows(self) -> slice:
        return slice((self.number - 1) * MOST, self.number * MOST)


class PartConverter:
    """ "2025-03" and "2025-03-2": one spelling for each part."""

    regex = "[12][0-9]{3}-(?:0[1-9]|1[0-2])(?:-(?:[2-9]|[1-9][0-9]{1,4}))?"

    def to_python(self, value: str) -> Part:
        month, number = value[:7], value[8:]
        return Part(month, int(number or 1))

    def to_url(self, value: Part) -> str:
        return str(value)


@for_readers
def index(request: HttpRequest) -> HttpResponse:
    """One query."""
    months = list(Edition.objects.live(timezone.now()).months())
    newest = max((row.changed_at for row in months), default=None)
    return sitemap_xml.index([Entry(reverse("sitemap_pages"), newest), *parts(months)])


def parts(months: Iterable[Any]) -> Iterator[Entry]:
    for row in months:
        for number in range(1, (row.pieces - 1) // MOST + 2):
            path = reverse("sitemap_month", args=[Part(row.month, number)])
            yield Entry(path, row.changed_at)


@for_readers
def month(request: HttpRequest, part: Part) -> HttpResponse:
    """One query."""
    rows = of_month(Edition.objects.live(timezone.now()), part)
    # Row by row, since each brings a list of files along.
    entries = list(trends(rows.for_sitemap()[part.rows].iterator(chunk_size=500)))
    return sitemap_xml.pages(entries) if entries else not_found(request)


def of_month(live: EditionQuerySet, part: Part) -> EditionQuerySet:
    """Oldest first, so that what is new comes to the last part."""
    return live.published_since(part.begin).published_before(part.end).newest_first().reverse()


@for_readers
def pages(request: HttpRequest) -> HttpResponse:
    """All that is no piece. Three queries."""
    now = timezone.now()
    live = Edition.objects.live(now)
    topics = list(live.topics_changed())
    newest = max((at for _, at in topics), default=None)
    corrected = published(now).first()
    entries = [
        *(Entry(reverse(name), newest) for name in LISTS),
        Entry(reverse("corrections"), corrected.at if corrected else None),
        *(Entry(path_of(page)) for page in POLICIES),
        *(Entry(reverse("topic", args=[slug]), at) for slug, at in topics if slug),
        *(Entry(reverse("author", args=[slug]), at) for slug, at in live.authors_changed()),
    ]
    return sitemap_xml.pages(entries[:MOST])


@for_readers
def news(request: HttpRequest) -> HttpResponse:
    """One query. Without what is paid for: that is no news."""
    now = timezone.now()
    live = Edition.objects.live(now).editorial().published_since(now - IS_NEWS)
    rows = list(live.newest_first().for_index()[:MOST_NEWS])
    entries = [News(r.get_absolute_url(), r.title, iso(r.first_published_at)) for r in rows]
    if rows and rows[-1].first_published_at:
        holds_until(request.META, rows[-1].first_published_at + IS_NEWS, now)
    # ISO 639, with two exceptions that Google makes.
    code = language().lower()
    code = code if code in ("zh-cn", "zh-tw") else code.partition("-")[0]
    if not entries:  # the schema wants one address; a page without news says just that
        return sitemap_xml.pages([Entry(reverse("home"))])
    return sitemap_xml.news(entries, name=settings.NEWSROOM_NAME, language=code)


def trends(rows: Iterable[Any]) -> Iterator[Entry]:
    today = timezone.localdate()
    for row in rows:
        shows = rights_hold(row.hero__not_before, row.hero__rights_expire_on, today)
        file = widest_of((row.hero__renditions or {}).get("hero", []) if shows else [])
        yield Entry(trend_path(row.slug), row.public_updated_at, file["url"] if file else "")
