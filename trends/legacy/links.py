"""Fourth stage: "Also Read" markers become related links, and addresses are made safe."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..text import ALSO_READ
from .address import safe_url
from .also_read import SURE, Ending, Marker, anchors_of, endings, is_title
from .blocks import WORDS, Block, Run, cut, folded, is_finished, rejoined
from .draft import Note, RelatedDraft
from .findings import Findings, at


@dataclass
class _Extraction:
    known: frozenset[str]
    base: str
    found: Findings
    related: list[RelatedDraft] = field(default_factory=list)
    open_marker: str = ""  # a marker whose title must stand in the next block


def extract(
    blocks: Iterable[Block], *, base: str, known_titles: frozenset[str], found: Findings
) -> tuple[list[Block], list[RelatedDraft]]:
    """The blocks without Also Read, and what those markers lead to."""
    work, kept = _Extraction(known_titles, base, found), list[Block]()
    for block in blocks:
        rest: Block | None = _as_title(block, work) if work.open_marker else block
        while rest and ALSO_READ.search(rest.text):  # again when the ends make up a new marker
            rest = _without_markers(rest, work)
        if rest and WORDS.search(rest.text):
            kept.append(rest)
    _close(work)
    return kept, work.related


def related_rows(blocks: Iterable[Block], *, base: str, found: Findings) -> list[RelatedDraft]:
    """Each block under the heading "Also Read" is a title, or holds anchors that are."""
    work = _Extraction(frozenset(), base, found)
    for block in blocks:
        _add_whole(block, "", work)
    return work.related


def _as_title(block: Block, work: _Extraction) -> Block | None:
    """Take a block as the title of the marker that ended the block above; None when it was."""
    marker, work.open_marker = work.open_marker, ""
    text = block.text
    if ALSO_READ.match(text) or not (anchors_of(block) or is_title(text)):
        work.open_marker = marker
        _close(work)
        return block
    _add_whole(block, marker, work)
    if block.is_item:  # a list of titles: its other items too
        work.open_marker = marker
    return None


def _close(work: _Extraction) -> None:
    if work.open_marker:
        work.found.note(
            "related-empty",
            "related",
            f"“{work.open_marker}” is followed by no title.",
            "Add the link if you know what was meant.",
        )
    work.open_marker = ""


def _add_whole(block: Block, marker: str, work: _Extraction) -> None:
    raw = f"{marker} {block.text}".strip()
    length = len(block.text)
    whole = [Ending(0, length, length, SURE)]
    linked = [Ending(a.start, a.end, length, 1.0, a.href) for a in anchors_of(block)]
    for ending in linked or whole:
        _add(block, ending, raw, work)


# --- markers inside a block -----------------------------------------------------------------


def _without_markers(block: Block, work: _Extraction) -> Block:
    parts, position = list[Block](), 0
    anchors = anchors_of(block)
    for marker in _markers(block.text):
        if marker.start < position:  # inside the title of the one before
            continue
        parts.append(cut(block, position, marker.start))
        found = endings(marker, anchors, work.known)
        for ending in found:
            _add(block, ending, marker.text[marker.start : ending.beyond].strip(), work)
        position = max(found[-1].beyond if found else 0, marker.end)
        if not found:
            _leave_open(marker, work)
    return rejoined(block, [*parts, cut(block, position)])


def _markers(text: str) -> list[Marker]:
    places = [match.span() for match in ALSO_READ.finditer(text)]
    limits = [start for start, _ in places[1:]] + [len(text)]
    return [
        Marker(text, start, end, limit, followed=limit < len(text))
        for (start, end), limit in zip(places, limits, strict=True)
    ]


def _leave_open(marker: Marker, work: _Extraction) -> None:
    """No title: it may be the next block, if the marker ends its own."""
    _close(work)
    work.open_marker = marker.text[marker.start : marker.end].strip()
    if marker.followed:
        _close(work)


# --- rows -----------------------------------------------------------------------------------


def _add(block: Block, ending: Ending, raw: str, work: _Extraction) -> None:
    label = _trimmed(block.text[ending.start : ending.end])
    if not label:
        return
    if ending.confidence < SURE:
        work.found.note(
            "related-doubtful",
            "related",
            f"Where the title “{label}” ends is a guess, {at(block.line)}: “{raw}”",
            "Compare it with the text and edit the label.",
        )
    url = safe_url(ending.href, work.base) or ""
    work.related.append(RelatedDraft(label=label, url=url, confidence=ending.confidence, raw=raw))
    work.found.came_from("related", "Also Read", block.line)


def once_related(related: Iterable[RelatedDraft], found: Findings) -> tuple[RelatedDraft, ...]:
    """The surest of several rows for one title; its address may come from another of them."""
    best: dict[str, RelatedDraft] = {}
    for row in related:
        key = folded(row.label)
        other = best.get(key)
        if other:
            _report_twice(row, found)
            surer = row if row.confidence > other.confidence else other
            row = replace(surer, url=surer.url or row.url or other.url)
        best[key] = row
    return tuple(best.values())


def _report_twice(row: RelatedDraft, found: Findings) -> None:
    found.notes.append(
        Note(
            "related-twice",
            "related",
            f"A link is there twice: “{row.raw}”, address “{row.url}”.",
            "Add it again if two links were meant.",
        )
    )


def _trimmed(label: str) -> str:
    label = label.strip(" :|\u2013\u2014-")
    return label[:-1] if label.endswith(".") and is_finished(label) else label


# --- addresses ------------------------------------------------------------------------------


def with_safe_links(blocks: Iterable[Block], *, base: str, found: Findings) -> list[Block]:
    return [
        replace(block, runs=tuple(_safe_run(run, block, base, found) for run in block.runs))
        for block in blocks
    ]


def _safe_run(run: Run, block: Block, base: str, found: Findings) -> Run:
    if not run.href or run.href.lower().startswith("mailto:"):
        return run
    url = safe_url(run.href, base)
    if url is None and not run.href.startswith("#"):
        found.note(
            "link-lost",
            "context",
            f"The link on “{run.text}” leads nowhere, {at(block.line)}: {run.href}",
            "Add the right address if you know it.",
        )
    return replace(run, href=url or "")
