"""The addresses of the API. Each takes the time once and asks only for what is live."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone

from ...models import Edition
from ...models.edition_queries import bylines
from ...pages import asked_by, trend_page
from .. import paging
from ..addresses import named
from ..answers import Answers, answer
from ..context import NOINDEX, absolute, document, moved
from ..corrections import published
from ..filters import TrendFilter
from ..lasting import depends_on
from ..markdown_trend import drawn
from ..policy import add_link
from ..problems import problem
from ..views import matching
from . import lists, openapi
from .asked import AFTER, faults_in, refused
from .parts import AUTHOR, TOPIC
from .reading import ANYTHING, reads, unknown_name
from .trend_shapes import RETRACTION, TREND

OPERATIONS = {operation.route for operation in openapi.OPERATIONS}


@reads()
def index(request: HttpRequest) -> HttpResponse:
    links = {name: absolute(reverse(f"api_{name}")) for name in (*openapi.COLLECTIONS, "openapi")}
    response = answered({"name": settings.NEWSROOM_NAME, "site": absolute("/")} | links)
    # RFC 8631
    add_link(response, absolute(reverse("api_openapi")), 'rel="service-desc"')
    return response


@reads()
def description(request: HttpRequest) -> HttpResponse:
    return answered(openapi.document())


@reads(*TrendFilter.base_filters, paging.PARAMETER)
def trends(request: HttpRequest) -> HttpResponse:
    chosen = TrendFilter(request.GET, now=timezone.now())
    if wrong := faults_in(chosen):
        return refused(wrong)
    found = matching(request, chosen, reverse("api_trends"))
    prefetch_related_objects(found.rows, bylines())
    return listed(lists.TRENDS, lists.by_date(found))


@reads()
def trend(request: HttpRequest, slug: str) -> HttpResponse:
    return answer(request, slug, JSON)


@reads(AFTER)
def topics(request: HttpRequest) -> HttpResponse:
    rows = Edition.objects.live(timezone.now()).counted_topics()
    return listed(lists.TOPICS, lists.by_slug(rows, reverse("api_topics"), request.GET.dict()))


@reads()
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = named(Edition.objects.live(timezone.now()).counted_topics(), slug)
    if found.slug != slug:
        return moved(reverse("api_topic", args=[found.slug]))
    return answered(TOPIC.write(found))


@reads(AFTER)
def authors(request: HttpRequest) -> HttpResponse:
    rows = Edition.objects.live(timezone.now()).authors().select_related("portrait")
    return listed(lists.AUTHORS, lists.by_slug(rows, reverse("api_authors"), request.GET.dict()))


@reads()
def author(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Edition.objects.live(timezone.now()).authors().select_related("portrait")
    found = named(rows, slug)
    if found.slug != slug:
        return moved(reverse("api_author", args=[found.slug]))
    return answered(AUTHOR.write(found))


@reads(paging.PARAMETER)
def corrections(request: HttpRequest) -> HttpResponse:
    path, asked = reverse("api_corrections"), request.GET.dict()
    found = paging.page_of(published(timezone.now()), path=path, asked=asked, by="at")
    return listed(lists.CORRECTIONS, lists.corrections(found))


@reads(ANYTHING)
def unknown(request: HttpRequest) -> HttpResponse:
    """What is no address of the API; or is one but for a slash."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    tidy = path.rstrip("/") if path.endswith("/") else f"{path}/"
    if resolve(tidy).url_name not in OPERATIONS:
        return unknown_name(request)
    return moved(f"{tidy}?{query}" if query else tidy)


# --- a trend ---


def live(request: HttpRequest, edition: Edition, now: datetime) -> HttpResponse:
    page = trend_page(edition, now, draw=drawn)
    depends_on(request.META, **asked_by(page))
    return answered(TREND.write(page))


def retracted(edition: Edition) -> HttpResponse:
    return answered(RETRACTION.write(edition))


def gone(edition: Edition) -> HttpResponse:
    return problem(HTTPStatus.GONE, edition.notice or "This trend was removed.")


JSON = Answers("api_trend", live, retracted, unknown_name, gone)


# --- answers ---


def answered(data: dict[str, Any]) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    response = document(text, "application/json")
    response.headers["X-Robots-Tag"] = NOINDEX
    return response


def listed(shape: Any, found: lists.Listing) -> HttpResponse:
    response = answered(shape.write(found))
    if found.next:
        add_link(response, found.next, 'rel="next"')
    return response
