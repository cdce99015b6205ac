"""The archive and what is found in it, as Markdown."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from .. import markdown
from ..models import Edition
from . import search as page_of_search
from .archive import name_of, path_of, pieces_of
from .context import twin_of
from .markdown_lists import entries, listing, opening
from .markdown_page import converted, markdown_page
from .one_moment import for_readers


@for_readers
def archive(request: HttpRequest) -> HttpResponse:
    months = Edition.objects.live(timezone.now()).by_month()
    links = (
        f"{markdown.link(name_of(month), twin_of(path_of(month)))} ({count})"
        for month, count in months
    )
    path = reverse("archive")
    return markdown_page([*opening("Archive", path), markdown.bullets(links)], page=path)


@for_readers
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = dt.date(year, month, 1)
    path = reverse("month_markdown", args=[year, month])
    found = pieces_of(first, request, path)
    return listing(found, path_of(first), name_of(first), entries(found.rows))


@for_readers
def search(request: HttpRequest) -> HttpResponse:
    """With the parameters of the page."""
    found = page_of_search.found(request.GET)
    form, number = found["form"], found["number"]
    path = form.url(page=f"{number}" if number > 1 else "")
    later = markdown.link("More", twin_of(found["later_url"])) if found["later_url"] else ""
    blocks = [
        *opening(f"Search for “{form.words}”" if form.words else "Search", path),
        converted("trends/search/_sum.html", found),
        entries(result.edition for result in found["results"]),
        later,
    ]
    return markdown_page(blocks, page=path)
