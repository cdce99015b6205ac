"""Rules for the sections of running text."""

import re
from collections.abc import Iterator

from .. import richtext
from ..snapshot import Snapshot
from ..text import split_sentences
from .facts import Facts
from .issues import Issue, issue

CONTEXT_MAX = 250  # words
QUOTE_MIN = 3  # words; fewer are a name or an ironic remark
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
# Days and years are dates, not figures.
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|(?<![\w$€£¥.,])(?:19|20)\d\d(?:s\b|(?![\w%]|[.,]\d))"
)
# Not the digits of a name: GPT-5, 5G, 3D.
_FIGURE = re.compile(r"(?<![\w.,/-])[$€£¥]?\d[\d.,]*(?!\d|[GD]\b)")
_QUOTED = re.compile('[“"«]([^“”"«»]+)[”"»]')
_BLOCKQUOTE = re.compile(r"<blockquote>(.*?)</blockquote>", re.DOTALL)


def check_lede(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    if not richtext.plain(snapshot["lede"]["text"]):  # a picture is not the news yet
        if not snapshot["lede"]["not_needed"]:
            yield issue("lede-empty", "lede", "The Headline is empty.", field="text")
    elif snapshot["evidence"]["rows"] and not richtext.cited(snapshot["lede"]["text"]):
        yield issue("lede-uncited", "lede", "The Headline cites no evidence.", field="text")


def check_context(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    # A picture between a sentence and what it introduces parts nothing.
    text = richtext.without_pictures(snapshot["context"]["text"])
    words = len(richtext.plain(text).split())
    if words > CONTEXT_MAX:
        yield issue("context-long", "context", f"Context has {words} words.", field="text")
    if snapshot["evidence"]["rows"] and (bare := [*_uncited(text), *_uncited_quotes(text)]):
        more = f" and {len(bare) - 1} more" if len(bare) > 1 else ""
        message = f"“{bare[0][:60]}”{more} in Context without citation."
        yield issue("context-uncited", "context", message, field="text")


def _uncited(text: str) -> Iterator[str]:
    """Figures and quotations behind the last citation of their paragraph.

    A citation speaks for its own sentence and those before it.
    """
    for block in richtext.readable(_BLOCKQUOTE.sub("", text)).split("\n"):
        sentences = split_sentences(block)
        citing = [i for i, sentence in enumerate(sentences) if richtext.cited(sentence)]
        for sentence in sentences[max(citing, default=-1) + 1 :]:
            yield from _first_fact(sentence)


def _first_fact(sentence: str) -> Iterator[str]:
    quotes = [q for q in _QUOTED.findall(sentence) if len(q.split()) >= QUOTE_MIN]
    if quotes:
        yield quotes[0]
    elif figure := _FIGURE.search(_DATE.sub("", sentence)):
        yield figure[0].rstrip(".,")


def _uncited_quotes(text: str) -> Iterator[str]:
    """Block quotations cited neither in themselves nor in the paragraph that introduces them."""
    start = 0
    for match in _BLOCKQUOTE.finditer(text):
        introduction = richtext.readable(text[start : match.start()]).rpartition("\n")[2]
        if not richtext.cited(introduction + match[1]):
            yield richtext.plain(match[1])
        start = match.end()
