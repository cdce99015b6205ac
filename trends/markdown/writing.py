"""Pieces of a document that are written, not converted. What is called Markdown is; all other
text is plain."""

import re
from collections.abc import Iterable, Mapping

from .blocks import indented
from .escaping import destination, started, unclosed
from .inline import text


def paragraphs(value: str) -> str:
    """Plain text whose empty lines part paragraphs."""
    blocks = re.split(r"\n\s*\n", value.replace("\r\n", "\n"))
    return "\n\n".join(filter(None, (started(text(block)) for block in blocks)))


def heading(level: int, value: str) -> str:
    return f"{'#' * level} {unclosed(text(value))}"


def bullets(items: Iterable[str]) -> str:
    """A list of what is Markdown already."""
    return "\n".join(f"- {indented(item, 2)}" for item in items)


def definitions(urls: Mapping[int, str]) -> str:
    """Where citations lead: evidence number → address."""
    return "\n".join(f"[E{number}]: {destination(url)}" for number, url in urls.items())
