"""A trend as one piece of HTML that stands alone, for feeds."""

import re
from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import richtext
from ..models import Edition
from ..snapshot import LABELS, Row
from .context import absolute
from .pictures import widest

# Anchors repeat from piece to piece, and the labels of marks are for the page.
_ANCHOR = re.compile(r' (?:id="c\d+-\d+"|aria-label="Evidence \d+")')
_MARK = re.compile(r'href="(#e\d+)"')
_HERE = re.compile(r'href="(/(?!/)[^"]*)"')


def full_text(edition: Edition, urls: Mapping[int, str]) -> SafeString:
    """All sections in reading order. `urls` are addresses of live pieces by article; a section
    that is pending leaves nothing."""
    bodies = {
        "lede": _prose(edition, "lede", urls),
        "context": _prose(edition, "context", urls),
        "evidence": _evidence(edition),
        "analysis": _prose(edition, "analysis", urls),
        "key_points": _points(edition),
        "actions": _actions(edition),
        "backstory": _prose(edition, "backstory", urls),
    }
    return _hero(edition) + format_html_join(
        "", "{}{}", ((_heading(name), body) for name, body in bodies.items() if body)
    )


def _heading(name: str) -> SafeString:
    return SafeString("") if name == "lede" else format_html("<h2>{}</h2>", LABELS[name])


def _hero(edition: Edition) -> SafeString:
    file = widest(edition.hero, "hero")
    if file is None or edition.hero is None:
        return SafeString("")
    return format_html(
        '<p><img src="{}" width="{}" height="{}" alt="{}"></p>',
        file["url"], file["width"], file["height"], edition.hero.alt_text,
    )  # fmt: skip


def _prose(edition: Edition, name: str, urls: Mapping[int, str]) -> SafeString:
    return _alone(edition, richtext.resolve_trend_links(edition.html.get(name, ""), urls))


def _alone(edition: Edition, html: str) -> SafeString:
    """Pressed HTML whose links lead to the page from wherever it is read."""
    url = absolute(edition.get_absolute_url())
    html = _MARK.sub(lambda m: f'href="{url}{m[1]}"', _ANCHOR.sub("", html))
    return richtext.trusted(_HERE.sub(lambda m: f'href="{absolute(m[1])}"', html))


def _points(edition: Edition) -> SafeString:
    return _list("ul", [_alone(edition, text) for text in edition.html.get("key_points", [])])


def _actions(edition: Edition) -> SafeString:
    pairs = zip(edition.content["actions"]["rows"], edition.html.get("actions", []), strict=True)
    return _list("ul", [_action(row, _alone(edition, text)) for row, text in pairs])


def _action(row: Row, text: SafeString) -> SafeString:
    lead = format_html("<strong>{}</strong> ", row["audience"]) if row["audience"] else ""
    return format_html("{}{}{}", lead, text, f" ({row['timing']})" if row["timing"] else "")


def _evidence(edition: Edition) -> SafeString:
    return _list("ul", [_proof(row) for row in edition.content["evidence"]["rows"]])


def _proof(row: Row) -> SafeString:
    quote = format_html("<blockquote>{}</blockquote>", row["excerpt"]) if row["excerpt"] else ""
    return format_html("E{}: {} {}{}", row["number"], row["claim"], _source(row), quote)


def _source(row: Row) -> SafeString:
    """Who says it, as far as readers may know."""
    title, url, by = (row.get(name) or "" for name in ("source_title", "url", "publisher"))
    named = format_html('<a href="{}">{}</a>', url, title or url) if url else title
    parts = [part for part in (named, by) if part]
    return format_html_join(", ", "{}", ((part,) for part in parts))


def _list(tag: str, items: list[SafeString]) -> SafeString:
    if not items:
        return SafeString("")
    rows = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html("<{}>{}</{}>", tag, rows, tag)
