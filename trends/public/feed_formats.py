"""A feed as RSS 2.0 (with the profile of the RSS Advisory Board), Atom 1.0 (RFC 4287), and
JSON Feed 1.1."""

import json
import re
from collections.abc import Callable
from email.utils import format_datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import escape

from .feed import MEDIA_TYPES, Feed, Item
from .structured_data import iso

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
# What XML 1.0 can't hold, however it is written.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# --- RSS ---


def rss(feed: Feed) -> str:
    root = Element("rss", {"version": "2.0"} | NAMESPACES)
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.page)
    add(channel, "description", escape(feed.description))
    add(channel, "atom:link", rel="self", type=MEDIA_TYPES["rss"], href=feed.url)
    add(channel, "language", feed.language)
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    for item in feed.items:
        rss_item(add(channel, "item"), item)
    return written(root)


def rss_item(node: Element, item: Item) -> None:
    add(node, "title", item.title)
    add(node, "link", item.url)
    add(node, "guid", item.id, isPermaLink="false")
    add(node, "pubDate", format_datetime(item.published))
    add(node, "atom:updated", iso(item.updated))
    for person in item.authors:
        add(node, "dc:creator", person.name)
    for tag in item.tags:
        add(node, "category", tag)
    add(node, "description", escape(item.summary))  # readers take it for HTML
    add(node, "content:encoded", item.content)
    if file := item.picture:
        sides = {side: str(file[side]) for side in ("width", "height")}
        add(node, "media:content", url=file["url"], type=file["type"], medium="image", **sides)


# --- Atom ---


def atom(feed: Feed) -> str:
    root = Element("feed", {"xmlns": NAMESPACES["xmlns:atom"], "xml:lang": feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.description)
    add(root, "link", rel="self", type=MEDIA_TYPES["atom"], href=feed.url)
    add(root, "link", rel="alternate", type="text/html", href=feed.page)
    add(root, "updated", iso(feed.updated))
    add(root, "icon", feed.icon)
    author = add(root, "author")
    add(author, "name", feed.publisher.name)
    add(author, "uri", feed.publisher.url)
    for item in feed.items:
        atom_entry(add(root, "entry"), item)
    return written(root)


def atom_entry(node: Element, item: Item) -> None:
    add(node, "id", item.id)
    add(node, "title", item.title)
    add(node, "link", rel="alternate", type="text/html", href=item.url)
    add(node, "published", iso(item.published))
    add(node, "updated", iso(item.updated))
    for person in item.authors:
        author = add(node, "author")
        add(author, "name", person.name)
        add(author, "uri", person.url)
    for tag in item.tags:
        add(node, "category", term=tag)
    if item.summary:
        add(node, "summary", item.summary)
    add(node, "content", item.content, type="html")
    if file := item.picture:
        add(node, "link", rel="enclosure", type=file["type"], href=file["url"])


# --- JSON Feed ---


def json_feed(feed: Feed) -> str:
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "description": feed.description,
        "icon": feed.icon,
        "favicon": feed.icon,
        "authors": [{"name": feed.publisher.name, "url": feed.publisher.url}],
        "language": feed.language,
        "items": [json_item(item) for item in feed.items],
    }
    return json.dumps(made, ensure_ascii=False)


def json_item(item: Item) -> dict[str, Any]:
    made = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.content,
        "summary": item.summary,
        "image": item.picture["url"] if item.picture else "",
        "date_published": iso(item.published),
        "date_modified": iso(item.updated),
        "authors": [{"name": person.name, "url": person.url} for person in item.authors],
        "tags": list(item.tags),
    }
    return {name: value for name, value in made.items() if value or name == "content_html"}


# --- spelling ---


def add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A child with a text, without the characters that no XML document may hold."""
    node = SubElement(parent, tag, {name: xml(value) for name, value in attributes.items()})
    node.text = xml(text) if text else None
    return node


def xml(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def written(root: Element) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


WRITERS: dict[str, Callable[[Feed], str]] = {"rss": rss, "atom": atom, "json": json_feed}
