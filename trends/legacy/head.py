"""What stands above the body: title, byline and date, summary, the picture's alt text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ..text import ALSO_READ, is_cut, split_sentences
from .blocks import Block, folded, is_finished, is_prose, plain, squashed
from .byline import Credit, looks_like_a_name, read_byline, read_date, split_names
from .clean import Page, hero_alt
from .findings import Findings, at
from .labels import find_label, is_heading, is_template
from .lines import itemised
from .source import Source
from .titles import find_title

_TOP = 8  # blocks from the top of a page that may repeat the title
_MACHINE_MADE = (" is tracked as ", " is listed as ", " is monitored as ", " is profiled as ")
_LINE_IS_SUMMARY = 40  # characters; a shorter unfinished line says too little
_ALT_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Head:
    title: str
    body: list[Block]
    template: bool
    summary: list[Block] = field(default_factory=list)
    alt: str = ""
    authors: tuple[str, ...] = ()
    published_on: date | None = None


def read_head(page: Page, source: Source, found: Findings) -> Head:
    """Raises Unreadable when there is no title."""
    template = is_template(page.blocks)
    head, _ = _split(page.blocks, template, is_prose)
    title = find_title(page, head, source, found)
    blocks = _once(page.blocks, title, found)
    head, body = _split(blocks, template, _is_sentence)
    credit, head, body = _credits(page, head, body, found)
    summary, alt, back = _sorted_out(head, body, template, found)
    return Head(
        title,
        [*back, *body],
        template,
        summary or _described(page),
        alt or hero_alt(page, found),
        credit.authors,
        credit.on,
    )


def _split(
    blocks: list[Block], template: bool, is_text: Callable[[str], bool]
) -> tuple[list[Block], list[Block]]:
    """Where the body begins; as long as the title is not known a short sentence may be it."""

    def begins(block: Block) -> bool:
        if template:
            return is_heading(block)
        return _opens_body(block) or (is_text(block.text) and not read_byline(block.text))

    start = next((n for n, block in enumerate(blocks) if begins(block)), len(blocks))
    return blocks[:start], blocks[start:]


def _opens_body(block: Block) -> bool:
    label = find_label(block.text)
    labelled = label is not None and label[0] == 0
    return block.is_item or block.kind == "quote" or labelled or bool(ALSO_READ.match(block.text))


def _is_sentence(text: str) -> bool:
    cut_off = text.endswith(("\u2026", "...", "[\u2026]", "[...]"))
    return not cut_off and (is_finished(text) or len(split_sentences(text)) > 1)


def _once(blocks: list[Block], title: str, found: Findings) -> list[Block]:
    """The blocks below the title, less those at the top that only say it again."""
    titles = [n for n, block in enumerate(blocks[:_TOP]) if folded(block.text) == folded(title)]
    above = titles[0] if titles else 0
    kept = []
    for number, block in enumerate(blocks):
        if number in titles[:1]:
            continue
        why = "stood above the title" if number < above and not read_byline(block.text) else ""
        if number < _TOP and not block.is_item:
            why = why or _says_title(block.text, title)
        if why:
            found.left_out(block.text, line=block.line, why=why, code="above-the-body")
        else:
            kept.append(block)
    return kept


def _says_title(text: str, title: str) -> str:
    if folded(text) == folded(title):
        return "the title again"
    if text.startswith(tuple(title + link for link in _MACHINE_MADE)):
        return "a sentence made of the title by machine"
    short = squashed(text)
    ends = text.endswith((".", "\u2026"))
    if ends and " " in text and len(short) < len(squashed(title)):
        return "the title, cut" if squashed(title).startswith(short) else ""
    return ""


def _credits(
    page: Page, head: list[Block], body: list[Block], found: Findings
) -> tuple[Credit, list[Block], list[Block]]:
    credit, kept = Credit(), (list[Block](), list[Block]())
    for part, blocks in zip(kept, (head, body), strict=True):
        for block in blocks:
            here = None if block.is_item else read_byline(block.text)
            if here is None or (part is kept[1] and not here.authors):
                part.append(block)
                continue
            credit = Credit(credit.authors or here.authors, credit.on or here.on)
            for name, told in (("author", here.authors), ("published_on", here.on)):
                if told:
                    found.came_from(name, f"byline “{block.text}”", block.line)
    return _completed(credit, page, found), *kept


def _completed(credit: Credit, page: Page, found: Findings) -> Credit:
    """Fill from the page's head what no line said, and ask for a look at names."""
    if not credit.authors and looks_like_a_name(page.meta.get("author", "")):
        credit = replace(credit, authors=split_names(page.meta["author"]))
        found.came_from("author", "meta author")
    for name in ("article:published_time", "date", "time"):
        if not credit.on and (on := read_date(page.meta.get(name, ""))):
            credit = replace(credit, on=on)
            found.came_from("published_on", f"meta {name}")
    return credit


def _described(page: Page) -> list[Block]:
    text = page.meta.get("og:description") or page.meta.get("description", "")
    return itemised([plain("p", text)]) if text.strip() else []


def _sorted_out(
    head: Sequence[Block], body: Sequence[Block], template: bool, found: Findings
) -> tuple[list[Block], str, list[Block]]:
    """Lines between title and body: the summary, the alt text, what goes back to the body."""
    summary, back, alt = list[Block](), list[Block](), ""
    for number, block in enumerate(head):
        last = number == len(head) - 1
        if template and last and summary and _is_alt(block):
            alt = block.text
            _report_alt(block, found)
        elif template or is_finished(block.text) or is_cut(block.text):
            summary.append(block)
        elif block.kind == "h" or (
            last and body and not body[0].is_item and is_prose(body[0].text)
        ):
            back.append(block)
        elif len(block.text) >= _LINE_IS_SUMMARY:
            summary.append(block)
        else:
            why = "no section takes it"
            found.left_out(block.text, line=block.line, why=why, code="unplaced")
    return summary, alt, back


def _is_alt(block: Block) -> bool:
    return len(block.text) <= _ALT_LENGTH and not is_finished(block.text)


def _report_alt(block: Block, found: Findings) -> None:
    found.came_from("hero_alt", "the line above the first section", block.line)
    found.note(
        "picture",
        "head",
        f"The page names its picture only by the alt text “{block.text}”, {at(block.line)}.",
        "Add the picture to the library with this alt text and its credit, if it may be used.",
    )
