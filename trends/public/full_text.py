"""A trend as one piece of HTML that stands alone, for feeds."""

import re
from collections.abc import Iterable, Mapping

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .. import richtext
from ..models import Edition, Image
from ..snapshot import LABELS, PROSE, Row
from .context import absolute
from .pictures import widest, words_of

# Anchors repeat from piece to piece, and the labels of marks are for the page.
_ANCHOR = re.compile(r' (?:id="c\d+-\d+"|aria-label="Evidence E\d+")')
_MARK = re.compile(r'href="(#e\d+)"')
AI_USE = {
    "assisted": "has helped with this piece.",
    "generated": "has written this piece; an editor answers for it.",
}
_HERE = re.compile(r'href="(/(?!/)[^"]*)"')


def full_text(edition: Edition, urls: Mapping[int, str], figures: Mapping[int, str]) -> SafeString:
    """What it discloses, and all sections in reading order; one that is pending leaves nothing.

    `urls` are addresses of live pieces by article, `figures` the pictures of the text by id.
    """
    prose = {name: _prose(edition, name, urls, figures) for name in PROSE}
    bodies = {
        "lede": prose["lede"],
        "context": prose["context"],
        "evidence": _evidence(edition),
        "analysis": prose["analysis"],
        "key_points": _points(edition),
        "actions": _actions(edition),
        "backstory": prose["backstory"],
    }
    return (
        _hero(edition)
        + _disclosure(edition)
        + format_html_join(
            "", "{}{}", ((_heading(name), body) for name, body in bodies.items() if body)
        )
    )


def _heading(name: str) -> SafeString:
    return SafeString("") if name == "lede" else format_html("<h2>{}</h2>", LABELS[name])


def _hero(edition: Edition) -> SafeString:
    return richtext.trusted(_figure(edition.hero, "hero") if edition.hero else "")


def _disclosure(edition: Edition) -> SafeString:
    """What a reader must know first, as above the text of the page."""
    head = edition.content["head"]
    said = {
        "Paid for by": head["sponsor"],
        "Disclosure:": head["disclosure"],
        "AI": AI_USE.get(head["ai_use"], ""),
    }
    rows = ((words, text) for words, text in said.items() if text)
    return format_html_join("", "<p><strong>{}</strong> {}</p>", rows)


def _img(image: Image | None, *presets: str) -> SafeString:
    """The widest file of the first preset that has any; "" where readers get none."""
    file = next(filter(None, (widest(image, preset) for preset in presets)), None)
    if file is None or image is None:
        return SafeString("")
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}">',
        file["url"], file["width"], file["height"], words_of(image),
    )  # fmt: skip


def figures_of(images: Iterable[Image]) -> dict[int, str]:
    """Pictures of texts with their captions, by id; "" where readers get none."""
    return {image.pk: _figure(image, "whole", "hero") for image in images}


def _figure(image: Image, *presets: str) -> str:
    img = _img(image, *presets)
    caption = render_to_string("trends/_figcaption.html", {"image": image}).strip()
    return f"<figure>{img}{caption}</figure>" if img else ""


def _prose(
    edition: Edition, name: str, urls: Mapping[int, str], figures: Mapping[int, str]
) -> SafeString:
    html = richtext.resolve_trend_links(edition.html.get(name, ""), urls)
    # Last, so that nothing else is read into what the library says of a picture.
    return richtext.trusted(richtext.resolve_pictures(alone(edition, html), figures))


def alone(edition: Edition, html: str) -> SafeString:
    """Pressed HTML whose links lead to the page from wherever it is read."""
    url = absolute(edition.get_absolute_url())
    html = _MARK.sub(lambda m: f'href="{url}{m[1]}"', _ANCHOR.sub("", html))
    return richtext.trusted(_HERE.sub(lambda m: f'href="{absolute(m[1])}"', html))


def _points(edition: Edition) -> SafeString:
    return _list("ul", [alone(edition, text) for text in edition.html.get("key_points", [])])


def _actions(edition: Edition) -> SafeString:
    pairs = zip(edition.content["actions"]["rows"], edition.html.get("actions", []), strict=True)
    return _list("ul", [_action(row, alone(edition, text)) for row, text in pairs])


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
