"""The title of a page: as printed, or, where it has none, guessed from its address or file name."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ..text import GLUED_LABEL
from .address import slug_of
from .blocks import Block, folded, is_finished, squashed
from .byline import read_byline
from .clean import Page
from .draft import Unreadable
from .findings import Findings
from .source import Source

_LOOKED_AT = 8  # blocks at the top of a page in which the title may stand
_LONGEST = 200
_SITE_SUFFIX = re.compile("\\s+[|\u00bb]\\s+[^|\u00bb]{2,40}$")
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NO_NAME = (
    "The page has no title, and the file name “{}” gives none. Put the title in its first line."
)


def find_title(page: Page, head: Sequence[Block], source: Source, found: Findings) -> str:
    """`head`: the blocks before the body. Raises Unreadable when not even the name gives one."""
    title = _printed(page, head, source, found) or _guessed(page, source, found)
    if not title:
        raise Unreadable(_NO_NAME.format(source.name))
    if label := GLUED_LABEL.match(title):
        found.came_from("title", f"less the label “{label[0]}”")
        title = title[label.end() :].strip() or title
    return title


def _printed(page: Page, head: Sequence[Block], source: Source, found: Findings) -> str:
    slug = squashed(slug_of(source.url))
    top = [*head, *(block for block in page.blocks[:_LOOKED_AT] if block not in head)]
    for block in top:
        if slug and _same(squashed(block.text), slug):
            found.came_from("title", "equals the slug of the address", block.line)
            return block.text
    heading = next((block for block in page.blocks if block.level == 1), None)
    if heading:
        found.came_from("title", "main heading", heading.line)
        return heading.text
    return _from_meta(page, found) or _beginning(top, slug, found) or _first_line(page, head, found)


def _same(text: str, slug: str) -> bool:
    """WordPress adds "-2" to a slug that was taken."""
    return text == slug or (slug.startswith(text) and slug[len(text) :] in ("2", "3", "4"))


def _from_meta(page: Page, found: Findings) -> str:
    for name, rule in (("og:title", "og:title"), ("title", "<title>")):
        text = " ".join(page.meta.get(name, "").split())
        if text:
            found.came_from("title", f"{rule}: {text}")
            return _without_site(text, page.meta.get("og:site_name", ""))
    return ""


def _without_site(text: str, site: str) -> str:
    head, dash, tail = text.rpartition(" - ") if " - " in text else text.rpartition(" \u2013 ")
    return head if dash and site and tail.strip() == site.strip() else _SITE_SUFFIX.sub("", text)


def _beginning(blocks: Iterable[Block], slug: str, found: Findings) -> str:
    """A block may begin with the title and go on: the slug tells how far it reaches."""
    for block in blocks if slug else ():
        if not block.is_item and squashed(block.text).startswith(slug):
            title = _reaching(block.text, len(slug))
            if title:
                found.came_from("title", "the words that the slug is made of", block.line)
                _warn(found, title, "from a sentence that begins with it")
                return title
    return ""


def _reaching(text: str, length: int) -> str:
    """The beginning of a text with so many letters and digits; "" when that parts a word."""
    seen = 0
    for match in re.finditer(r"\S+", text):
        seen += len(squashed(match[0]))
        if seen >= length:
            return text[: match.end()].rstrip(" ,;:") if seen == length else ""
    return ""


def _first_line(page: Page, head: Sequence[Block], found: Findings) -> str:
    if page.crumb:
        found.came_from("title", "last step of the breadcrumb")
        return page.crumb
    for block, below in pairwise(head):
        if read_byline(below.text):
            found.came_from("title", "the line above the byline", block.line)
            return block.text
    for block in head:
        if len(block.text) <= _LONGEST and not block.is_item:
            found.came_from("title", "first line of the page", block.line)
            return block.text
    return ""


# --- guesses --------------------------------------------------------------------------------


def _guessed(page: Page, source: Source, found: Findings) -> str:
    stem = re.sub(r"\.\w{1,5}$", "", re.split(r"[/\\]", source.name)[-1])
    for origin, words in (
        ("the slug of the address", slug_of(source.url)),
        ("the file name", re.sub(r"^\d+[\s_-]+", "", stem)),
    ):
        if re.search(r"[^\W\d_]", words):
            title = _readable(words, _sample(page.blocks))[:_LONGEST]
            found.came_from("title", f"made of {origin}")
            _warn(found, title, f"from {origin}, because the page prints none")
            return title
    return ""


def _warn(found: Findings, title: str, how: str) -> None:
    found.note(
        "title-guessed", "head", f"The title “{title}” was guessed {how}.", "Check it and edit it."
    )


def _sample(blocks: Sequence[Block]) -> list[str]:
    return [block.text[:2000] for block in blocks[:200]]


def _readable(slug: str, texts: Iterable[str]) -> str:
    """Words of a slug, written as the text of the page writes them ("icp-2" → "ICP-2")."""
    spelling = _spellings(texts)
    words = [word for word in re.split(r"[\s_-]+", slug) if word]
    result: list[str] = []
    while words:
        size = next((n for n in (3, 2) if "-".join(words[:n]).lower() in spelling), 1)
        result.append(_spelled("-".join(words[:size]), spelling))
        words = words[max(min(size, len(words)), 1) :]
    line = " ".join(result)
    return line[:1].upper() + line[1:]


def _spelled(word: str, spelling: dict[str, str]) -> str:
    plural = spelling.get(word.lower().removesuffix("s"), "") if word.endswith("s") else ""
    return spelling.get(word.lower()) or (f"{plural}s" if plural.isupper() else word)


def _spellings(texts: Iterable[str]) -> dict[str, str]:
    """How each word is mostly written where it does not open a sentence."""
    seen: dict[str, Counter[str]] = {}
    for text in texts:
        for match in list(_TOKEN.finditer(text))[1:]:
            if not is_finished(text[max(0, match.start() - 3) : match.start()].rstrip()):
                seen.setdefault(match[0].lower(), Counter())[match[0]] += 1
    return {word: counts.most_common(1)[0][0] for word, counts in seen.items()}


def repeats_title(text: str, title: str) -> bool:
    return bool(title) and folded(text) == folded(title)
