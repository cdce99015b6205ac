"""Front page, lists and people. Each view takes the time once and asks only for what is live."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Edition
from . import structured_data
from .addresses import by_former_path
from .context import NOINDEX, Context, absolute, brief, common, render_page
from .corrections import published, shown
from .filters import TrendFilter
from .paging import Page, page_of
from .pictures import social_picture
from .placeholder import placeholder
from .trend import follow

SECONDARY = 2
ON_THE_FRONT_PAGE = 15
CORRECTIONS_ON_THE_FRONT_PAGE = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if "p" in request.GET:
        former = by_former_path("/", f"p={request.GET['p']}", now)
        if former:
            return follow(former)
    live = Edition.objects.live(now)
    editions = list(live.newest_first().with_cards()[:ON_THE_FRONT_PAGE])
    own = {
        "lead": editions[0] if editions else None,
        "secondary": editions[1 : 1 + SECONDARY],
        "latest": editions[1 + SECONDARY :],
        "topics": list(live.topics()),
        "corrections": list(map(shown, published(now)[:CORRECTIONS_ON_THE_FRONT_PAGE])),
    }
    description = f"{settings.NEWSROOM_NAME}: what happened, what proves it, what it means."
    data = structured_data.front_page(editions)
    hero = editions[0].hero if editions else None
    context = common(
        "/", description=description, structured_data=data, placeholder=placeholder(hero)
    )
    return render_page("home.html", context | own)


@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    live = Edition.objects.live(timezone.now())
    chosen = TrendFilter(request.GET, queryset=live)
    found = newest(request, chosen.qs, reverse("trends"), keep=chosen.asked)
    context = listing(
        found,
        title="Trends",
        description=f"All trends of {settings.NEWSROOM_NAME}, newest first.",
        **({"robots_meta": NOINDEX} if chosen.is_used else {}),
    )
    own = {"filter": chosen, "chips": chosen.chips, "is_filtered": chosen.is_used}
    return render_page("trend_list.html", context | own)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    rows = list(Edition.objects.live(timezone.now()).counted_topics())
    description = f"The topics that {settings.NEWSROOM_NAME} follows."
    links = [(topic.name, topic.get_absolute_url()) for topic in rows]
    data = structured_data.collection("Topics", reverse("topics"), description, links)
    context = common(reverse("topics"), description=description, structured_data=data)
    return render_page("topics.html", context | {"topics": rows})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    live = Edition.objects.live(timezone.now())
    topic = get_object_or_404(live.topics(), slug=slug)
    found = newest(request, live.about(topic), topic.get_absolute_url())
    context = listing(
        found,
        title=topic.name,
        description=brief(topic.description) or f"All trends about {topic}, newest first.",
        feed_url=absolute(reverse("topic_feed", args=[slug])),
    )
    return render_page("topic.html", context | {"topic": topic})


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    live = Edition.objects.live(timezone.now())
    author = get_object_or_404(live.authors().select_related("portrait"), slug=slug)
    found = newest(request, live.by(author), author.get_absolute_url())
    context = listing(
        found,
        title=author.name,
        description=brief(author.bio) or f"All trends by {author}, newest first.",
        feed_url=absolute(reverse("author_feed", args=[slug])),
        og_type="profile",
        social=social_picture(author.portrait),
        structured_data=structured_data.profile(author, found.rows),
    )
    return render_page("author.html", context | {"author": author})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    path, asked = reverse("corrections"), request.GET.dict()
    found = page_of(published(timezone.now()), path=path, asked=asked, by="at")
    description = f"What {settings.NEWSROOM_NAME} got wrong and has put right."
    own = {"corrections": list(map(shown, found.rows)), **links_of(found)}
    return render_page("corrections.html", common(found.url, description=description) | own)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    description = f"Who {settings.NEWSROOM_NAME} is, how it works and how it corrects."
    return render_page("about.html", common(reverse("about"), description=description))


def newest(
    request: HttpRequest, rows: Any, path: str, *, keep: dict[str, str] | None = None
) -> Page:
    """A page of cards, newest first."""
    rows = rows.newest_first().with_cards()
    return page_of(rows, path=path, asked=request.GET.dict(), by="first_published_at", keep=keep)


def listing(found: Page, *, title: str, description: str, **changes: Any) -> Context:
    """The context of a list of editions."""
    links = [(edition.title, edition.get_absolute_url()) for edition in found.rows]
    data = structured_data.collection(title, found.url, description, links)
    own = {"editions": found.rows, "structured_data": data, **links_of(found)}
    return common(found.url, description=description, **(own | changes))


def links_of(found: Page) -> dict[str, str]:
    return {"older_url": found.older_url, "newest_url": found.newest_url}
