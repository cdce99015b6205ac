"""/llms.txt: the site in Markdown for those who read it with a language model (llmstxt.org)."""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ..models import Edition, Topic
from .context import absolute, document
from .feed import MEDIA_TYPES, NAMES
from .one_moment import for_readers
from .policies import POLICIES, path_of

NEWEST = 20
# What Markdown would read as a sign in the text of a link or behind it.
_SIGNS = re.compile(r"([\\`*_\[\]<>])")


@for_readers
def llms(request: HttpRequest) -> HttpResponse:
    """Two queries."""
    live = Edition.objects.live(timezone.now())
    parts = {
        "Newest trends": map(trend, live.newest_first().for_index()[:NEWEST]),
        "Topics": map(topic, live.topics()),
        "How we work": policies(),
        "Feeds": feeds(),
        "Optional": more(),
    }
    lists = (f"\n## {name}\n\n{''.join(lines)}" for name, lines in listed(parts.items()))
    return document(heading() + "".join(lists), "text/plain")


def heading() -> str:
    name = words(settings.NEWSROOM_NAME)
    return (
        f"# {name}\n\n"
        f"> {name} publishes trends: what happened, what proves it and what it means, each in a"
        " place of its own.\n\n"
        "Each trend has the sections Headline, Context, Evidence, Analysis, Key Points and Actions."
        " Marks such as E1 in the text name the evidence with that number. Name the publication"
        " and link to the page when you quote.\n"
    )


def listed(parts: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, list[str]]]:
    """Those that hold anything."""
    for name, lines in parts:
        if made := list(lines):
            yield name, made


def trend(edition: Edition) -> str:
    return link(edition.title, reverse("trend_markdown", args=[edition.slug]), edition.standfirst)


def topic(topic: Topic) -> str:
    return link(topic.name, topic.get_absolute_url(), topic.description)


def policies() -> Iterator[str]:
    for page, policy in POLICIES.items():
        yield link(policy.name, path_of(page), policy.about)
    yield link("Corrections", reverse("corrections"), "what we got wrong and have put right")
    yield link("Licence", reverse("licence"), "what machines may do with the texts")


def feeds() -> Iterator[str]:
    for form in MEDIA_TYPES:
        yield link(NAMES[form], reverse("feed", args=[form]), "the newest trends, full text")


def more() -> Iterator[str]:
    yield link("All trends", reverse("trends"), "by topic, author and date")
    yield link("API", reverse("api_openapi"), "all of it as JSON, described in OpenAPI")
    yield link("Sitemap", reverse("sitemap"), "every page")


def link(name: str, path: str, note: str = "") -> str:
    return f"- [{words(name)}]({absolute(path)})" + (f": {words(note)}" if note else "") + "\n"


def words(text: str) -> str:
    """On one line, read as it is written."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
