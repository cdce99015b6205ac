"""First stage: bytes of a file become normalised text, its header lines read and taken off."""

import re
from dataclasses import dataclass
from typing import NoReturn

from ..text import clean_url, normalise
from .draft import Unreadable

MAX_BYTES = 5 * 1024 * 1024
_HEADER_LINES = 20
_RULE = re.compile(r"-{5,}\s*")
_HEADER_SOURCE = re.compile(r"#\s*source:\s*(\S+)", re.IGNORECASE)
_MARKUP = re.compile(
    r"<!doctype html|<(?:html|body|article|main|nav|p|h[1-6]|div|ul|ol|li|blockquote|br|table"
    r"|strong|em)(?:\s[^<>]*|\s?/)?>|<a\s[^<>]*>",
    re.IGNORECASE,
)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]{1,40})", re.IGNORECASE)
_FILE_KINDS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """`text` begins after the header; its first line is line `first_line` of the file."""

    name: str
    text: str
    first_line: int
    url: str
    is_html: bool


def read_source(raw: bytes | str, *, name: str) -> Source:
    """Raises Unreadable for what is empty, too large, or no text."""
    size = len(raw) if isinstance(raw, bytes) else len(raw.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        _refuse(name, f"has {size:,} bytes, more than {MAX_BYTES:,}", "Save the article alone")
    text = normalise(raw if isinstance(raw, str) else _decode(raw, name))
    header, body = _split_header(text)
    if not body.strip():
        _refuse(name, "is empty", "Save the page again, with its text")
    urls = [clean_url(found) for found in _HEADER_SOURCE.findall(header)]
    first_line = header.count("\n") + 1
    return Source(name, body, first_line, next(filter(None, urls), ""), bool(_MARKUP.search(body)))


def _split_header(text: str) -> tuple[str, str]:
    """Lines that begin with "#", up to a line of dashes; any other beginning is text."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines[:_HEADER_LINES]):
        if _RULE.fullmatch(line):
            return "".join(lines[: number + 1]), "".join(lines[number + 1 :])
        if line.strip() and not line.startswith("#"):
            break
    return "", text


def _decode(raw: bytes, name: str) -> str:
    for magic, kind in _FILE_KINDS:
        if raw.startswith(magic):
            _refuse(name, f"is {kind}", "Save the page as text or HTML")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if b"\0" in raw:
        _refuse(name, "is a binary file", "Save the page as text or HTML")
    for encoding in ("utf-8-sig", *_declared(raw)):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")  # what browsers take for undeclared old pages


def _declared(raw: bytes) -> list[str]:
    match = _META_CHARSET.search(raw[:4096])
    return [match[1].decode("ascii")] if match else []


def _refuse(name: str, what: str, what_to_do: str) -> NoReturn:
    raise Unreadable(f"“{name or 'The page'}” {what}. {what_to_do} and import it again.")
