"""What the address of a trend answers: one door, in whichever form the piece is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ..models import Edition
from .addresses import by_slug
from .context import moved
from .lasting import holds_until

Kind = Edition.Kind


@dataclass(frozen=True, slots=True)
class Answers:
    """One form of all trends: page, Markdown, JSON. `route` is the name of its addresses; the
    rest is what it says of a piece that is live, retracted, unknown or hidden, gone."""

    route: str
    live: Callable[[HttpRequest, Edition, datetime], HttpResponse]
    retracted: Callable[[Edition], HttpResponse]
    unknown: Callable[[HttpRequest], HttpResponse]
    gone: Callable[[Edition], HttpResponse]


def answer(request: HttpRequest, slug: str, answers: Answers) -> HttpResponse:
    """Gone comes first: the name in force of a piece that is gone may be what had to go."""
    now = timezone.now()
    edition = by_slug(slug, now)
    if edition is None:
        return answers.unknown(request)
    if edition.kind in (Kind.REMOVAL, Kind.END):
        return answers.gone(edition)
    if edition.slug != slug:
        return moved(reverse(answers.route, args=[edition.slug]))
    if edition.kind == Kind.RETRACTION:
        return answers.retracted(edition)
    holds_until(request.META, edition.ages_at, now)
    return answers.live(request, edition, now)
