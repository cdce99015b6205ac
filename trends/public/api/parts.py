"""What trends, topics and people of the API are made of."""

from typing import Any

from django.urls import reverse

from ...models import Evidence
from ...pages import Proof
from .kinds import (
    DAY,
    HTML,
    MOMENT,
    NUMBER,
    TEXT,
    TRUTH,
    URL,
    Field,
    Read,
    Shape,
    field,
    many,
    maybe,
    names,
    one_of,
)
from .picture_shapes import PICTURE, shown


def page_of(value: Any) -> str:
    path: str = value.get_absolute_url()
    return path


def api_url(route: str) -> Read:
    return lambda value: reverse(route, args=[value.slug])


# --- topics and people ---

_TOPIC = {
    "slug": field(TEXT),
    "name": field(TEXT),
    "url": field(URL, "Its page.", read=page_of),
    "api_url": field(URL, read=api_url("api_topic")),
}
TOPIC_LINK = Shape("TopicLink", "The topic of a trend.", **_TOPIC)
TOPIC = Shape(
    "Topic", "What trends are about.",
    **_TOPIC,
    description=field(TEXT),
    trend_count=field(NUMBER, "Live trends about it.", read=lambda topic: topic.live_count),
    trends_url=field(
        URL, read=lambda topic: f"{reverse('api_trends')}?topic={topic.slug}"
    ),
)  # fmt: skip
_AUTHOR: dict[str, Field] = {
    "slug": field(TEXT, read=lambda author: author.slug),
    "name": field(TEXT, read=lambda author: author.name),
    "url": field(URL, "Their page.", read=page_of),
    "api_url": field(URL, read=api_url("api_author")),
}
CREDIT = Shape(
    "Credit", "Somebody in the byline.",
    **{name: found.of("author") for name, found in _AUTHOR.items()},
    role=field(TEXT, "In this trend, if it is not simply its author."),
)  # fmt: skip
AUTHOR = Shape(
    "Author", "Somebody who is credited in live trends.",
    **_AUTHOR,
    job_title=field(TEXT),
    bio=field(TEXT),
    portrait=field(maybe(PICTURE), read=lambda author: shown(author.portrait)),
    trends_url=field(
        URL, read=lambda author: f"{reverse('api_trends')}?author={author.slug}"
    ),
)  # fmt: skip

# --- evidence and corrections ---


def of_row(name: str) -> Read:
    """A field of the evidence; "" where the source keeps it to itself."""
    return lambda proof: proof.row.get(name) or ""


def checked_on(proof: Proof) -> Any:
    return proof.checked_on if proof.verdict == Evidence.Verdict.CHECKED else None


EVIDENCE = Shape(
    "Evidence", "One source, with the exact passage.",
    number=field(NUMBER, "E2 is number 2: given once, never to another source."),
    kind=field(one_of(*names(Evidence.Kind)), read=of_row("kind")),
    claim=field(TEXT, "What it shows.", read=of_row("claim")),
    excerpt=field(TEXT, "The exact passage.", read=of_row("excerpt")),
    locator=field(TEXT, "Where in the source.", read=of_row("locator")),
    disclosure=field(
        one_of("named", "described"), "described: the desk knows the source and withholds it.",
        read=of_row("disclosure"),
    ),
    source_title=field(TEXT, read=of_row("source_title")),
    publisher=field(TEXT, read=of_row("publisher")),
    url=field(maybe(URL), read=of_row("url")),
    archive_url=field(maybe(URL), read=of_row("archive_url")),
    dated_on=field(maybe(DAY)),
    speaker=field(TEXT, read=of_row("speaker")),
    speaker_role=field(TEXT, read=of_row("speaker_role")),
    stance=field(one_of(*names(Evidence.Stance)), "Towards what the trend says."),
    independence=field(maybe(one_of(*names(Evidence.Independence))), "null: not stated."),
    verdict=field(one_of(*names(Evidence.Verdict)), "Of our own check."),
    checked_on=field(maybe(DAY), read=checked_on),
)  # fmt: skip


def corrected(of: Any) -> Read:
    return lambda correction: of(correction.edition)


CORRECTION = Shape(
    "Correction", "What was wrong in a live trend, or needed to be said of it.",
    at=field(MOMENT),
    kind=field(one_of("correction", "clarification", "note")),
    text=field(TEXT),
    title=field(TEXT, "Of the trend.", read=corrected(lambda edition: edition.title)),
    url=field(URL, "Of the trend.", read=corrected(page_of)),
    api_url=field(URL, "Of the trend.", read=corrected(api_url("api_trend"))),
)  # fmt: skip
CHANGE = Shape(
    "Change", "A dated correction or update of a trend.",
    at=field(MOMENT),
    kind=field(one_of("correction", "clarification", "note", "update")),
    text=field(TEXT),
    is_serious=field(TRUTH, "It stands above the text."),
)  # fmt: skip
PASSAGE = {
    "html": field(HTML, "Links in it are complete; citations lead to the page."),
    "text": field(TEXT, "Its words, a line a block, without citations."),
    "cites": field(many(NUMBER), "Numbers of the evidence that it cites."),
}
