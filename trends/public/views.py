"""Front page, lists and people. Each view takes the time once and asks only for what is live."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import Edition
from ..pages import asked
from ..pages.front import SLOTS, Front
from ..pages.newest import Newest
from ..paths import path_to
from . import structured_data
from .addresses import by_former_path, live_author, live_topic
from .cards import social_card
from .context import NOINDEX, Context, brief, common, feed_links, moved, render_page
from .corrections import latest, published, shown
from .filters import TrendFilter
from .one_moment import for_readers
from .paging import Page, Rows, page_of
from .pictures import Rendition, social_picture
from .placeholder import Placeholder, placeholder
from .structured_data import Link
from .trend import follow

ON_THE_FRONT_PAGE = 15
MOST_COUNTED = 1_000  # trends of a topic; of more than these it says "1,000+"


@for_readers
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if "p" in request.GET:
        former = by_former_path("/", f"p={request.GET['p']}", now)
        if former:
            return follow(former)
    editions = Front(now)[:ON_THE_FRONT_PAGE]
    own = in_slots(editions) | {
        "topics": asked.LIVE_TOPICS(now=now),
        "corrections": latest(now),
    }
    description = f"{settings.NEWSROOM_NAME}: what happened, what proves it, what it means."
    data = structured_data.front_page(editions)
    hero = placeholder_of(editions)
    context = common(
        "/", description=description, structured_data=data, placeholder=hero,
        social=social_of(editions),
    )  # fmt: skip
    return render_page("home.html", context | own)


@for_readers
def trends(request: HttpRequest) -> HttpResponse:
    chosen = TrendFilter(request.GET, now=timezone.now())
    found = matching(request, chosen, path_to("trends"))
    context = listing(
        found,
        title="Trends",
        description=f"All trends of {settings.NEWSROOM_NAME}, newest first: what happened, what "
        "proves it, what it means.",
    )
    own: Context = {"robots_meta": NOINDEX} if chosen.is_used else {}
    own |= {"filter": chosen, "chips": chosen.chips, "is_filtered": chosen.is_used}
    return render_page("trend_list.html", context | own)


@for_readers
def topics(request: HttpRequest) -> HttpResponse:
    """One query. Of a topic it counts one piece more than it tells."""
    rows = list(Edition.objects.live(timezone.now()).topics_counted_to(MOST_COUNTED + 1))
    description = f"The topics that {settings.NEWSROOM_NAME} follows."
    links = [(topic.name, topic.get_absolute_url()) for topic in rows]
    data = structured_data.collection("Topics", path_to("topics"), description, links)
    own = {"structured_data": data, "heading": "Topics"}
    context = common(path_to("topics"), description=description, **own)
    counted = {"most": MOST_COUNTED, "more_than_most": f"{MOST_COUNTED:,}+"}
    return render_page("topics.html", context | counted | {"topics": rows})


@for_readers
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    topic = live_topic(slug, now)
    if topic.slug != slug:
        return moved(topic.get_absolute_url())
    front = Front(now, topic)
    found = page_of(
        front, path=topic.get_absolute_url(), asked=request.GET.dict(), by="first_published_at"
    )
    own = {"latest": found.rows} if found.newest_url else in_slots(found.rows)
    context = listing(
        found,
        title=topic.name,
        above=[("Topics", path_to("topics"))],
        description=brief(topic.description) or f"All trends about {topic}, newest first.",
        feeds=feed_links("topic_feed", slug),
        placeholder=placeholder_of(found.rows[: not found.newest_url]),
    )
    return render_page("topic.html", context | own | {"topic": topic})


@for_readers
def author(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    author = live_author(slug, now)
    if author.slug != slug:
        return moved(author.get_absolute_url())
    found = newest(request, Newest(now, author), author.get_absolute_url())
    context = listing(
        found,
        title=author.name,
        description=brief(author.bio) or f"All trends by {author}, newest first.",
        feeds=feed_links("author_feed", slug),
        og_type="profile",
        social=social_picture(author.portrait) or social_of(found.rows),
        structured_data=structured_data.profile(author, found.rows),
    )
    return render_page("author.html", context | {"author": author})


@for_readers
def corrections(request: HttpRequest) -> HttpResponse:
    path, asked = path_to("corrections"), request.GET.dict()
    found = page_of(published(timezone.now()), path=path, asked=asked, by="at")
    description = f"What {settings.NEWSROOM_NAME} got wrong and has put right."
    own = {
        "corrections": list(map(shown, found.rows)),
        "feeds": feed_links("corrections_feed"),
        **links_of(found),
    }
    data = structured_data.collection("Corrections", found.url, description, [])
    own |= {"structured_data": data, "heading": "Corrections"}
    return render_page("corrections.html", common(found.url, description=description) | own)


def in_slots(editions: list[Edition]) -> Context:
    """The first page of a Front as its template takes it."""
    lead = editions[0] if editions else None
    return {"lead": lead, "secondary": editions[1:SLOTS], "latest": editions[SLOTS:]}


def social_of(editions: Sequence[Edition]) -> Rendition | None:
    """What a shared link of a list shows: the first picture in it, else the card of its first
    piece that has one."""
    pictures = (social_picture(edition.hero) for edition in editions)
    cards = (social_card(edition) for edition in editions)
    return next(filter(None, pictures), None) or next(filter(None, cards), None)


def placeholder_of(editions: list[Edition]) -> Placeholder | None:
    """Of the picture in the lead."""
    return placeholder(editions[0].hero) if editions else None


def matching(request: HttpRequest, chosen: TrendFilter, path: str) -> Page:
    """A page of what the filters leave; `path` is that of the list, in whichever form."""
    return page_of(
        chosen.ordered, path=path, asked=request.GET.dict(), by=chosen.used_order.by,
        keep=chosen.asked,
    )  # fmt: skip


def newest(request: HttpRequest, rows: Rows, path: str) -> Page:
    """A page of cards, newest first, as the rows are."""
    return page_of(rows, path=path, asked=request.GET.dict(), by="first_published_at")


def listing(
    found: Page, *, title: str, description: str, above: Sequence[Link] = (), **changes: Any
) -> Context:
    """The context of a list of editions. `above`: what lies between the front page and it."""
    links = [(edition.title, edition.get_absolute_url()) for edition in found.rows]
    data = structured_data.collection(title, found.url, description, links, above=above)
    own: Context = {"editions": found.rows, "structured_data": data, "heading": title}
    own |= {"social": social_of(found.rows), **links_of(found)}
    return common(found.url, description=description, **(own | changes))


def links_of(found: Page) -> dict[str, str]:
    return {"older_url": found.older_url, "newest_url": found.newest_url}
