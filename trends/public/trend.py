"""The trend page, its notices, and the addresses that lead to it."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import timezone

from ..models import Edition
from ..pages import TrendPage, asked_by, trend_page
from . import structured_data
from .addresses import by_former_path, stem_of
from .answers import Answers, answer
from .cards import shaped_cards, social_card
from .context import Context, absolute, brief, common, moved, render_page
from .counting import note_view
from .errors import gone, not_found
from .lasting import depends_on
from .one_moment import for_readers
from .pictures import social_picture
from .placeholder import placeholder

Kind = Edition.Kind


@for_readers
def trend(request: HttpRequest, slug: str) -> HttpResponse:
    return answer(request, slug, PAGE)


@for_readers
def elsewhere(request: HttpRequest) -> HttpResponse:
    """What no page answers: an address of former times, or one of ours written carelessly."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    edition = by_former_path(path, query, timezone.now())
    if edition:
        return follow(edition)
    tidy = f"/{stem_of(path)}/".replace("//", "/")
    if resolve(tidy).func is elsewhere:
        return not_found(request)
    return moved(f"{tidy}?{query}" if query else tidy)


def follow(edition: Edition) -> HttpResponse:
    """What an address that is not the one in force answers: 301 in one hop.

    410 at once where the piece is gone: the address in force may hold the very name that had
    to go.
    """
    if edition.kind in (Kind.REMOVAL, Kind.END):
        return gone(edition)
    return moved(edition.get_absolute_url())


def live(request: HttpRequest, edition: Edition, now: datetime) -> HttpResponse:
    page = trend_page(edition, now)
    depends_on(request.META, **asked_by(page))
    response = render_page("trend.html", trend_context(page))
    note_view(request.META, edition.article_id)
    return response


def retracted(edition: Edition) -> HttpResponse:
    context = common(edition.get_absolute_url(), description=f"Retracted: {edition.title}")
    return render_page("retracted.html", context | {"edition": edition})


PAGE = Answers("trend", live, retracted, not_found, gone)


def trend_context(page: TrendPage) -> Context:
    edition = page.edition
    path = edition.get_absolute_url()
    social = social_picture(edition.hero) or social_card(edition)
    return common(
        path,
        description=summary(edition),
        og_type="article",
        placeholder=placeholder(edition.hero),
        social=social,
        structured_data=structured_data.trend(page, absolute(path), shaped_cards(edition)),
        page=page,
        edition=edition,
    )


def summary(edition: Edition) -> str:
    """The standfirst, else the first whole sentences, else the title: never cut text."""
    return " ".join(edition.standfirst.split()) or brief(edition.text) or edition.title
