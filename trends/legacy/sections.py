"""Third stage: the body of a page, cut at headings and labels into sections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..text import ALSO_READ, split_sentences
from .blocks import Block, cut, is_finished
from .findings import Findings
from .head import Head
from .labels import find_label, is_what_happened

_SUBTITLE_LENGTH = 220
_SUBHEAD_LENGTH = 90
_SUBHEAD_WORDS = 14
_MARKER_LENGTH = 20  # of "Also Read: ", with room for blanks
# Where the text of a section without a field of its own ends up.
_FIELDS = {"body": "context", "subtitle": "standfirst"}


@dataclass
class Sections:
    """Blocks by section; `body` is news and facts of a page that doesn't part them."""

    subtitle: list[Block] = field(default_factory=list)
    lede: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    context: list[Block] = field(default_factory=list)
    evidence: list[Block] = field(default_factory=list)
    analysis: list[Block] = field(default_factory=list)
    key_points: list[Block] = field(default_factory=list)
    actions: list[Block] = field(default_factory=list)
    author: list[Block] = field(default_factory=list)
    related: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Opener:
    """A label or heading; `inline`: text follows it on its line."""

    section: str
    label: str
    line: int
    inline: bool


def split(head: Head, found: Findings) -> Sections:
    result = Sections()
    current = prose = "context" if head.template else "body"
    above: _Opener | None = None
    pieces = [piece for block in with_subheads(head.body) for piece in _pieces(block)]
    for piece, below in zip(pieces, [*pieces[1:], None], strict=False):
        if isinstance(piece, _Opener):
            current, above = _opened(piece, current, head.template), piece
            found.came_from(_FIELDS.get(current, current), f"label “{piece.label}”", piece.line)
        else:
            if not head.template:
                current = _implied(piece, current, prose, result)
            section, piece = _placed(piece, current, above, below, result)
            getattr(result, section).append(piece)
            found.came_from(_FIELDS.get(section, section), "text", piece.line)
            above = None
        prose = current if current in ("body", "context", "analysis") else prose
    return result


# --- subheads -------------------------------------------------------------------------------


def with_subheads(blocks: Sequence[Block]) -> list[Block]:
    """Lines that only look like subheads become headings: short, unfinished, above prose."""
    return [
        replace(block, kind="h") if _is_subhead(block, below) else block
        for block, below in zip(blocks, [*blocks[1:], None], strict=False)
    ]


def _is_subhead(block: Block, below: Block | None) -> bool:
    text = block.text
    if block.kind != "p" or below is None or not _fits(text) or ALSO_READ.search(text):
        return False
    if all(run.strong for run in block.runs if run.text.strip()):
        return True
    if not block.flat:
        return False
    starts_well = text[0].isupper() or text[0].isdigit() or text[0] in "\u2018\u201c\"'"
    leads_to_text = below.kind in ("ul", "ol", "quote") or is_finished(below.text)
    return starts_well and leads_to_text and not text.endswith((".", ",", ";", ":", "!", "\u2026"))


def _fits(text: str) -> bool:
    within = len(text) <= _SUBHEAD_LENGTH and len(text.split()) <= _SUBHEAD_WORDS
    return within and (not is_finished(text) or text.endswith("?")) and find_label(text) is None


# --- labels ---------------------------------------------------------------------------------


def _pieces(block: Block) -> Iterator[Block | _Opener]:
    """A block parted at the labels in it, wherever they are glued."""
    text, start = block.text, 0
    while label := _next_label(text, start):
        yield from _rest(block, start, label[0])
        yield _opener(block, text, label)
        start = label[1]
    yield from _rest(block, start, len(text))


def _next_label(text: str, start: int) -> tuple[int, int, str] | None:
    """Not the label that begins the title of an Also Read."""
    label = find_label(text, start)
    while label and _follows_marker(text, label[0]):
        label = find_label(text, label[1])
    return label


def _follows_marker(text: str, place: int) -> bool:
    near = ALSO_READ.finditer(text, max(0, place - _MARKER_LENGTH), place)
    return any(match.end() >= place - 1 for match in near)


def _opener(block: Block, text: str, label: tuple[int, int, str]) -> _Opener:
    start, end, section = label
    return _Opener(section, text[start:end].strip(), block.line, inline=end < len(text))


def _rest(block: Block, start: int, end: int) -> Iterator[Block | _Opener]:
    part = cut(block, start, end)
    label = find_label(part.text)
    if label and label[:2] == (0, len(part.text)):  # two labels in a row
        yield _opener(part, part.text, label)
    elif part.runs:
        # What follows a heading's label on its line is text or a subtitle, not a heading.
        yield replace(part, kind="p") if start and block.kind == "h" else part


def _opened(opener: _Opener, current: str, template: bool) -> str:
    """ "What happened" stands in the way of a template's own section, else it opens the body."""
    if is_what_happened(opener.label):
        return current if template else "body"
    return opener.section


# --- where a block goes ---------------------------------------------------------------------


def _implied(block: Block, current: str, prose: str, result: Sections) -> str:
    """The section of a block that no label stands above."""
    if current == "body" and block.is_item and not _has_prose(result.body):
        return "key_points"
    if current == "key_points" and result.key_points and not block.is_item:
        return prose
    if current == "actions" and block.kind == "h":
        return "analysis"
    if current == "related" and _is_text(block):
        return prose
    return current


def _is_text(block: Block) -> bool:
    """A sentence that is no link and no item of a list."""
    linked = all(run.href for run in block.runs if run.text.strip())
    return is_finished(block.text) and not (linked or block.is_item)


def _has_prose(blocks: Sequence[Block]) -> bool:
    return any(block.kind in ("p", "quote") for block in blocks)


def _placed(
    block: Block,
    current: str,
    above: _Opener | None,
    below: Block | _Opener | None,
    result: Sections,
) -> tuple[str, Block]:
    """A line beside a label is, above a paragraph, its subtitle: the standfirst or a subhead."""
    paragraph_follows = isinstance(below, Block) and below.kind == "p"
    if not (above and above.inline and paragraph_follows and _is_subtitle(block.text)):
        return current, block
    if current == "body" and not (result.subtitle or result.body):
        return "subtitle", block
    unfinished = not is_finished(block.text) and current in ("body", "analysis", "context")
    return current, replace(block, kind="h") if unfinished else block


def _is_subtitle(text: str) -> bool:
    return len(text) <= _SUBTITLE_LENGTH and len(split_sentences(text)) == 1
