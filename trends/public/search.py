"""/search/: what live pieces say, the best match first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Edition
from ..models.edition_queries import EditionQuerySet
from ..models.searching import Hits, find, texts_like
from ..pages import asked
from ..search import Part, Query, corrected, marked, parse, snippet
from .context import INDEX, NOINDEX, Context, common, render_page
from .one_moment import for_readers
from .paging import SIZE
from .search_form import SearchForm

MOST_FACETS = 12


@dataclass(frozen=True, slots=True)
class Result:
    """A piece in the list, with what was asked for marked."""

    edition: Edition
    title: Sequence[Part]
    snippet: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Facet:
    """A narrower search, and how many it has."""

    label: str
    count: int
    url: str


@for_readers
def search(request: HttpRequest) -> HttpResponse:
    """Three queries; one more on PostgreSQL for common words, two more when nothing is found."""
    own = found(request.GET)
    form, page = own["form"], own["number"]
    context = common(
        form.url(page=f"{page}" if page > 1 else ""),
        description=f"Search all trends of {settings.NEWSROOM_NAME}.",
        robots_meta=NOINDEX if form.asked or form.errors else INDEX,
    )
    return render_page("search.html", context | own)


def found(parameters: Mapping[str, Any]) -> Context:
    """What the parameters of the address ask for, as its page is told."""
    now = timezone.now()
    live = Edition.objects.live(now)
    form = SearchForm(parameters, {topic.slug: topic for topic in asked.LIVE_TOPICS(now=now)})
    query, meant = parse(form.words), ""
    hits = _hits(live, form, query)
    if query and not hits.rows and not form.narrowed:
        meant = corrected(form.words, texts_like(live, query))
        query = parse(meant) if meant else query
        hits = _hits(live, form, query) if meant else hits
        meant = meant if hits.rows else ""
    pages = -(-len(hits.rows) // SIZE)
    page = min(form.page_number, max(pages, 1))
    return {
        "form": form,
        "number": page,
        "query": query,
        "meant": meant,
        "meant_url": form.url(q=meant) if meant else "",
        "hits": hits,
        "results": _results(live, form, query, hits, page),
        "facets": _facets(form, hits) if hits.rows and not meant else {},
        "topics": form.topics.values(),
        "earlier_url": form.url(page="" if page == 2 else f"{page - 1}") if page > 1 else "",
        "later_url": form.url(page=f"{page + 1}") if page < pages else "",
    }


def _hits(live: EditionQuerySet, form: SearchForm, query: Query) -> Hits:
    topic = form.chosen_topic.pk if form.chosen_topic else None
    return find(live, query, topic=topic, ranked=not _by_date(form), **form.span)


def _by_date(form: SearchForm) -> bool:
    return form.asked.get("order") == "newest"


def _results(
    live: EditionQuerySet, form: SearchForm, query: Query, hits: Hits, page: int
) -> list[Result]:
    rows = hits.rows if _by_date(form) else hits.best_first()
    ids = [hit.pk for hit in rows[(page - 1) * SIZE : page * SIZE]]
    found = {edition.pk: edition for edition in live.numbered(ids).with_text()} if ids else {}
    return [_result(found[pk], query) for pk in ids if pk in found]


def _result(edition: Edition, query: Query) -> Result:
    texts = (edition.standfirst, edition.text)
    return Result(edition, marked(edition.title, query), snippet(texts, query))


def _facets(form: SearchForm, hits: Hits) -> dict[str, list[Facet]]:
    """Label → narrower searches, for each that would leave something out."""
    slugs = {topic.pk: topic for topic in form.topics.values()}
    topics = Counter(hit.topic for hit in hits.rows if hit.topic)
    years = Counter(timezone.localtime(hit.published).year for hit in hits.rows)
    found = {
        "Topic": [
            Facet(slugs[pk].name, count, form.url(topic=slugs[pk].slug))
            for pk, count in topics.most_common(MOST_FACETS)
            if "topic" not in form.narrowed and pk in slugs
        ],
        "Year": [
            Facet(str(year), count, form.url(year=str(year)))
            for year, count in sorted(years.items(), reverse=True)[:MOST_FACETS]
            if "year" not in form.narrowed
        ],
    }
    return {
        label: facets
        for label, facets in found.items()
        if (facets and facets[0].count < len(hits.rows)) or len(facets) > 1
    }
