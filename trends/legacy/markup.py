"""Saved HTML → blocks, by the standard library's parser.

No DTD is read, no entity defined by the page is resolved and no address opened; size is limited
by source.py and depth here.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ..text import normalise
from .blocks import WORDS, Block, Kind, Run, tidy
from .draft import Unreadable

_MAX_DEPTH = 400
_MAX_TAGS = 200_000
_MAX_RUNS = 200  # links and the like in one block; more makes a new block
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Their start and end part blocks.
_PARTING = frozenset(
    [
        *("address", "article", "blockquote", "body", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "header", "hr", "html", "legend", "li"),
        *("main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "ul", *_HEADINGS),
    ]
)
_NESTING = frozenset(["article", "blockquote", "div", "li", "main", "ol", "section", "table", "ul"])
_SILENT = frozenset(["script", "style"])
# What stands round an article: kept aside and reported, unless the page has nothing else.
_ASIDE = frozenset(
    [
        *("nav", "aside", "footer", "form", "button", "select", "noscript", "iframe", "svg"),
        "template",
    ]
)
_COUNTED = _NESTING | _ASIDE | _SILENT | {*_HEADINGS, "figcaption", "strong", "b", "em", "i"}


@dataclass(frozen=True, slots=True)
class Picture:
    alt: str
    src: str
    line: int


@dataclass
class Markup:
    """`blocks` in the order of the page; `main`: the numbers of those in <main> or <article>.

    `meta` holds properties of the head in lower case ("og:title", "canonical", "title" …).
    """

    blocks: list[Block] = field(default_factory=list)
    main: set[int] = field(default_factory=set)
    aside: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)


def read_markup(text: str, *, first_line: int = 1) -> Markup:
    """Raises Unreadable when elements are too many or nested too deeply."""
    if text.count("<") > _MAX_TAGS:
        raise Unreadable(f"The page has more than {_MAX_TAGS:,} tags. Save the article alone.")
    reader = _Reader(first_line)
    reader.feed(_defused(text))
    reader.close()
    reader.flush()
    return reader.page


def _defused(text: str) -> str:
    """What makes html.parser slow or stop: comments without end, marked sections, open tags."""
    text = re.sub(r"<!\[CDATA\[|\]\]>", "", text)
    text = re.sub(r"<!\[[^\]<>]*\]>", "", text)
    text = _without_comments(text).replace("<![", "&lt;![")
    last = text.rfind(">") + 1
    return text[:last] + text[last:].replace("<", "&lt;")


def _without_comments(text: str) -> str:
    """Line ends inside comments stay, so that lines keep their numbers."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join(kept) + text[position:].replace("<!--", "&lt;!--")


class _Reader(HTMLParser):
    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Markup()
        self._above = first_line - 1
        self._open: dict[str, int] = {}
        self._lists: list[Kind] = []
        self._groups = 0
        self._group = 0
        self._href = ""
        self._runs: list[Run] = []
        self._line = 0
        self._seen = False  # whether the open block has a letter yet
        self._in_title = False

    # --- tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: normalise(value or "") for name, value in attrs}
        self._read_head(tag, given)
        if tag in _PARTING:
            self._part(tag, opens=True)
        if tag == "br":
            self._part(tag, opens=True)
        elif tag == "img":
            source = given.get("src") or given.get("data-src", "")
            self.page.pictures.append(Picture(given.get("alt", ""), source, self._here()))
        elif tag == "a":
            self._href = given.get("href", "")
        elif tag in _COUNTED:
            self._enter(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "img", "meta", "link", "hr"):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"
        if tag in _PARTING:
            self._part(tag, opens=False)
        if tag in ("a", "p"):  # a link that was never closed ends with its paragraph
            self._href = ""
        elif tag == "li":
            self._open[tag] = max(len(self._lists) - 1, 0)
        elif self._open.get(tag):
            if tag in _ASIDE:
                self.flush()
            self._open[tag] -= 1
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()

    def _enter(self, tag: str) -> None:
        if tag in _ASIDE:
            self.flush()
        # Items are seldom closed: there is one open item a list.
        self._open[tag] = len(self._lists) or 1 if tag == "li" else self._open.get(tag, 0) + 1
        if sum(self._open.get(name, 0) for name in _NESTING) > _MAX_DEPTH:
            raise Unreadable(
                f"The page nests elements more than {_MAX_DEPTH} deep, line {self._here()}. "
                "Save the article alone, or paste its text."
            )
        if tag in ("ul", "ol"):
            self._lists.append("ul" if tag == "ul" else "ol")
        if tag == "blockquote" or (tag in ("ul", "ol") and len(self._lists) == 1):
            self._groups += 1
            self._group = self._groups

    def _part(self, tag: str, *, opens: bool) -> None:
        """End the block, but keep a heading or a list item in one piece."""
        within_item = bool(self._open.get("li")) and tag not in ("li", "ul", "ol")
        if tag in ("td", "th"):
            self._runs.append(Run(" | " if opens and self._seen else " "))
        elif within_item or (self._heading() and tag not in _HEADINGS):
            self._runs.append(Run(" "))
        else:
            self.flush()

    # --- text

    def handle_data(self, data: str) -> None:
        if self._is_open(*_SILENT):
            return
        data = normalise(data)
        if self._in_title:
            self.page.meta["title"] = self.page.meta.get("title", "") + data
            return
        if len(self._runs) >= _MAX_RUNS:
            self.flush()
        if not self._seen and data.strip():
            self._line, self._seen = self._here(), True
        self._runs.append(
            Run(data, self._href, self._is_open("strong", "b"), self._is_open("em", "i"))
        )

    def flush(self) -> None:
        runs, self._runs, self._seen = tidy(self._runs), [], False
        if not WORDS.search("".join(run.text for run in runs)):
            return
        kind = self._kind()
        group = self._group if kind in ("ul", "ol", "quote") else 0
        self._home().append(Block(kind, runs, self._line, group, self._heading()))

    def _home(self) -> list[Block]:
        if self._is_open(*_ASIDE):
            return self.page.aside
        if self._is_open("figcaption"):
            return self.page.captions
        if self._is_open("main", "article"):
            self.page.main.add(len(self.page.blocks))
        return self.page.blocks

    def _kind(self) -> Kind:
        if self._heading():
            return "h"
        if self._is_open("li") and self._lists:
            return self._lists[-1]
        return "quote" if self._is_open("blockquote") else "p"

    def _heading(self) -> int:
        return next((level for tag, level in _HEADINGS.items() if self._open.get(tag)), 0)

    def _is_open(self, *tags: str) -> bool:
        return any(self._open.get(tag) for tag in tags)

    def _here(self) -> int:
        return self.getpos()[0] + self._above

    # --- the page's head

    def _read_head(self, tag: str, given: dict[str, str]) -> None:
        meta = self.page.meta
        if tag == "meta" and given.get("content"):
            name = (given.get("property") or given.get("name", "")).lower()
            meta.setdefault(name, given["content"])
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            meta.setdefault("canonical", given.get("href", ""))
        elif tag == "time" and given.get("datetime"):
            meta.setdefault("time", given["datetime"])
        elif tag == "title" and "title" not in meta and not self._is_open("svg"):
            self._in_title = True
            meta["title"] = ""
