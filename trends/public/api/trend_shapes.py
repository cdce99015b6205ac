"""Trends in the API: short in lists, whole, and retracted."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from ...models import Article, Edition
from ...pages import TrendPage
from ...pages.parts import Section
from . import parts, picture_shapes
from .kinds import MOMENT, NUMBER, TEXT, TRUTH, URL, Kind, Shape, field, many, maybe, names, one_of
from .passages import of_passage, passages, pending, prose, rows
from .picture_shapes import PICTURE, RENDITION

STATUS = {name: Kind({"type": "string", "const": name}) for name in ("live", "retracted")}
KINDS = one_of(*names(Article.Kind))


def anchor(pair: tuple[TrendPage, Section]) -> str:
    page, section = pair
    return f"{parts.page_of(page.edition)}#{section.anchor}"


SECTION = Shape(
    "Section", "A headed part of a trend, in reading order.",
    name=field(
        one_of("lede", "context", "evidence", "analysis", "key_points", "actions", "author",
               "backstory"),
        read=lambda pair: pair[1].name,
    ),
    label=field(TEXT, "Its heading.", read=lambda pair: pair[1].label),
    url=field(URL, read=anchor),
    html=field(maybe(parts.PASSAGE["html"].kind), "null where it is rows: see the field of its "
               "name, and authors.", read=of_passage("html")),
    text=field(maybe(TEXT), read=of_passage("text")),
    cites=field(parts.PASSAGE["cites"].kind, read=of_passage("cites", otherwise=())),
)  # fmt: skip
KEY_POINT = Shape("KeyPoint", "A takeaway.", **parts.PASSAGE)
ACTION = Shape(
    "Action", "What somebody can do now.",
    audience=field(TEXT, read=lambda found: found.row["audience"]),
    timing=field(TEXT, read=lambda found: found.row["timing"]),
    **parts.PASSAGE,
)  # fmt: skip
RELATED = Shape(
    "Related", "A trend of ours, or a page elsewhere, to read next.",
    title=field(TEXT, read=lambda link: link.label),
    url=field(URL, read=lambda link: link.url),
    api_url=field(
        maybe(URL), "null for a page elsewhere.",
        read=lambda link: parts.api_url("api_trend")(link.edition) if link.edition else None,
    ),
)  # fmt: skip


def checked_at(edition: Edition) -> datetime | None:
    """As on the page: only while it is the newest word."""
    checked, updated = edition.last_checked_at, edition.public_updated_at
    return checked if checked and updated and checked > updated else None


_COMMON = {
    "slug": field(TEXT, read=lambda edition: edition.slug),
    "title": field(TEXT, read=lambda edition: edition.title),
    "url": field(URL, "Its page.", read=parts.page_of),
    "api_url": field(URL, read=parts.api_url("api_trend")),
}
_HEAD = _COMMON | {
    "markdown_url": field(
        URL, read=lambda edition: reverse("trend_markdown", args=[edition.slug])
    ),
    "standfirst": field(TEXT, read=lambda edition: edition.standfirst),
    "kind": field(KINDS, read=lambda edition: edition.piece_kind),
    "topic": field(maybe(parts.TOPIC_LINK), read=lambda edition: edition.topic),
    "published_at": field(MOMENT, read=lambda edition: edition.first_published_at),
    "updated_at": field(
        MOMENT, "The last change that matters to readers.",
        read=lambda edition: edition.public_updated_at,
    ),
    "checked_at": field(
        maybe(MOMENT), "When somebody looked whether it is still true, if nothing changed since.",
        read=checked_at,
    ),
    "words": field(NUMBER, read=lambda edition: edition.words),
}  # fmt: skip


def in_list(edition: Edition) -> dict[str, Any] | None:
    image = picture_shapes.shown(edition.hero)
    if image is None:
        return None
    files = [RENDITION.write(pair) for pair in picture_shapes.files(image, "hero")]
    return PICTURE.write(image) | {"renditions": files}


ENTRY = Shape(
    "TrendEntry", "A live trend as lists have it.",
    **_HEAD,
    authors=field(many(parts.CREDIT), read=lambda edition: edition.bylines.all()),
    hero=field(Kind(maybe(PICTURE).schema), read=in_list),
)  # fmt: skip
TREND = Shape(
    "Trend", "A live trend.",
    status=field(STATUS["live"], read=lambda page: "live"),
    **{name: found.of("edition") for name, found in _HEAD.items()},
    authors=field(many(parts.CREDIT), read=lambda page: page.credits),
    hero=field(maybe(PICTURE), read=lambda page: picture_shapes.shown(page.edition.hero)),
    dateline=field(TEXT, read=lambda page: page.head["dateline"]),
    sponsor=field(TEXT, "Who paid for it.", read=lambda page: page.head["sponsor"]),
    disclosure=field(TEXT, "Interests to know of.", read=lambda page: page.head["disclosure"]),
    ai_use=field(maybe(one_of(*names(Article.AIUse))), read=lambda page: page.head["ai_use"]),
    ai_note=field(TEXT, read=lambda page: page.head["ai_note"]),
    is_old=field(TRUTH, "Nobody has updated or checked it for as long as its topic allows."),
    sections=field(many(SECTION), read=prose),
    pending=field(many(TEXT), "Names of sections that are still to come.", read=pending),
    evidence=field(many(parts.EVIDENCE), read=lambda page: rows(page, "evidence")),
    key_points=field(many(KEY_POINT), read=lambda page: passages(page, "key_points")),
    actions=field(many(ACTION), read=lambda page: passages(page, "actions")),
    also_read=field(many(RELATED), "Chosen by its authors.", read=lambda page: page.related),
    related_trends=field(many(RELATED), "Found by what they say."),
    changes=field(many(parts.CHANGE), "Newest first.", read=lambda page: page.notes),
)  # fmt: skip
RETRACTION = Shape(
    "Retraction", "A trend that was taken back in public. Of its text nothing is left.",
    status=field(STATUS["retracted"], read=lambda edition: "retracted"),
    **_COMMON,
    notice=field(TEXT, "Why."),
    reason=field(maybe(one_of(*names(Edition.Reason)))),
    retracted_at=field(MOMENT, read=lambda edition: edition.live_from),
    published_at=field(maybe(MOMENT), read=lambda edition: edition.first_published_at),
)  # fmt: skip
