"""The archive: what was published, month by month of the site's zone."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as worded

from ..models import Edition
from ..models.edition_queries import EditionQuerySet
from . import structured_data
from .context import common, render_page
from .filters import start_of
from .one_moment import for_readers
from .paging import Page
from .views import listing, newest


@for_readers
def archive(request: HttpRequest) -> HttpResponse:
    """Years and months with something to read, newest first. One query."""
    path, description = reverse("archive"), f"All that {settings.NEWSROOM_NAME} has published."
    months = list(Edition.objects.live(timezone.now()).by_month())
    links = [(name_of(month), path_of(month)) for month, _ in months]
    data = structured_data.collection("Archive", path, description, links)
    rows = [{"month": month, "path": path_of(month), "count": count} for month, count in months]
    context = common(path, description=description, structured_data=data)
    return render_page("archive.html", context | {"months": rows})


@for_readers
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month without pieces is as unknown as one that is still to come. Three queries."""
    first = dt.date(year, month, 1)
    live, after = Edition.objects.live(timezone.now()), following(first)
    found = pieces_of(first, request, path_of(first))
    name = name_of(first)
    context = listing(
        found, title=name, description=f"What {settings.NEWSROOM_NAME} published in {name}."
    )
    own = {
        "month": first,
        "earlier": link_to(live.published_before(start_of(first)).newest_first()),
        "later": link_to(live.published_since(start_of(after)).oldest_first()),
    }
    return render_page("month.html", context | own)


def pieces_of(first: dt.date, request: HttpRequest, path: str) -> Page:
    """What was published in the month of that first day. Raises Http404 where nothing was."""
    live, after = Edition.objects.live(timezone.now()), following(first)
    rows = live.published_since(start_of(first)).published_before(start_of(after))
    found = newest(request, rows.newest_first().for_cards(), path)
    if not found.rows:
        raise Http404("Nothing was published in that month.")
    return found


def link_to(editions: EditionQuerySet) -> dict[str, object] | None:
    """The month of the first of these editions; None where there is none."""
    at = editions.values_list("first_published_at", flat=True).first()
    if at is None:
        return None
    day = timezone.localdate(at)
    return {"month": day, "path": path_of(day)}


def path_of(day: dt.date) -> str:
    return reverse("month", args=[day.year, day.month])


def name_of(day: dt.date) -> str:
    return worded(day, "F Y")


def following(first: dt.date) -> dt.date:
    """The first day of the month after."""
    return (first + dt.timedelta(days=31)).replace(day=1)
