"""Candidates for evidence: quotations with a name, reports named in prose, outside links.

None is checked; a person decides what becomes of them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from ..text import split_sentences, whole_sentences
from .address import site_of
from .blocks import Block, Run, cut
from .byline import looks_like_a_name
from .draft import EvidenceDraft, Note
from .findings import Findings

_CLAIM = 400  # what the database holds; other fields are cut, and reported, by content.py
_DASH = "(?:[\u2014\u2013\u2015]{1,3}|-{1,3}(?=\\s))"
_WHO = r"(?P<name>[^\W\d_][^,;:\n]{2,80}?)(?:\s*,\s*(?P<role>.{2,}?))?\.?"
_ATTRIBUTION = re.compile(rf"{_DASH}\s*{_WHO}")
_QUOTED = re.compile('[\u201c"](?P<words>.{20,})[\u201d"][.,]?')
_BOTH = re.compile(f'(?P<quote>[\u201c"].{{20,}}[\u201d"][.,]?)\\s*{_DASH}\\s*{_WHO}')
_KINDS = {
    "filing": "filing",
    "statement": "statement",
    "press release": "release",
    "survey": "data",
    "dataset": "data",
}
_DOCUMENT = "report|study|survey|analysis|filing|statement|press release|dataset|article|document"
_PROPER = r"[A-Z][\w&\u2019'-]*(?:\.(?=\w)[\w-]+)*"
_BY_WHOM = rf"(?P<by>(?:[Tt]he )?{_PROPER}(?: (?:of |for |and |& )?(?:the )?{_PROPER}){{0,5}})"
_ACCORDING = re.compile(
    rf"(?i:according to) (?:an?|the|its|their)? ?(?:[a-z-]+ ){{0,3}}?(?P<what>{_DOCUMENT})s? "
    rf"(?:by|from|of|in|published by|released by) {_BY_WHOM}"
    rf"|(?i:according to) (?:an?|the) (?:[a-z-]+ ){{0,2}}?(?P<by2>{_PROPER}(?: {_PROPER}){{0,4}})"
    rf"(?:[\u2019']s)? (?P<what2>{_DOCUMENT})\b"
)
_BARE_URL = re.compile(r"https?://[^\s<>\"\u201d\u2019)\]]+")


# --- quotations -----------------------------------------------------------------------------


def take_quotes(
    blocks: Sequence[Block], found: Findings
) -> tuple[list[Block], list[EvidenceDraft]]:
    """Quotations become blockquotes (they stay in the text too) and evidence of kind quote."""
    result, drafts = list[Block](), list[EvidenceDraft]()
    group = max((block.group for block in blocks), default=0)
    for block in [part for whole in blocks for part in _parted(whole)]:
        speaker = _ATTRIBUTION.fullmatch(block.text)
        said = _just_said(result) if speaker and looks_like_a_name(speaker["name"]) else []
        if speaker and said:
            drafts.append(_quote(said, speaker))
            found.came_from("evidence", "quotation with a name under it", said[0].line, block.line)
            group += 1
            name = replace(block, runs=(Run("\u2014 "), *cut(block, speaker.start("name")).runs))
            quotation = (*said, name)
            result[-len(said) :] = [replace(b, kind="quote", group=group) for b in quotation]
        else:
            result.append(block)
    return result, drafts


def _parted(block: Block) -> list[Block]:
    """The name behind a quotation, on the same line, on a line of its own."""
    match = _BOTH.fullmatch(block.text) if block.kind in ("p", "quote") else None
    if match is None or not looks_like_a_name(match["name"]):
        return [block]
    return [cut(block, 0, match.end("quote")), cut(block, match.end("quote"))]


def _just_said(above: Sequence[Block]) -> list[Block]:
    """The quotation that ends right here: a blockquote or a paragraph in quotation marks."""
    if not above:
        return []
    last = above[-1]
    if last.kind == "quote":
        same = [block for block in above if block.kind == "quote" and block.group == last.group]
        return [block for block in same if not _ATTRIBUTION.fullmatch(block.text)]
    return [last] if last.kind == "p" and _QUOTED.fullmatch(last.text) else []


def _quote(said: Sequence[Block], speaker: re.Match[str]) -> EvidenceDraft:
    words = " ".join(block.text for block in said)
    quoted = _QUOTED.fullmatch(words)
    excerpt = quoted["words"] if quoted else words
    return EvidenceDraft(
        kind="quote",
        claim=whole_sentences(split_sentences(excerpt)[0], _CLAIM),
        excerpt=excerpt,
        speaker=speaker["name"].strip(),
        role=(speaker["role"] or "").strip(),
        source_title=f"Words of {speaker['name'].strip()}",
    )


# --- reports and links ----------------------------------------------------------------------


def find_sources(blocks: Iterable[Block], *, site: str, found: Findings) -> list[EvidenceDraft]:
    """One candidate a sentence that names a report, and one a link that leaves the site."""
    drafts: list[EvidenceDraft] = []
    for block in blocks:
        links = _outside(block, site)
        for sentence in split_sentences(block.text) if block.kind != "h" else ():
            if match := _ACCORDING.search(sentence):
                link = next((run for run in links if run.text in sentence), None)
                links = [run for run in links if run is not link]
                drafts.append(_report(sentence, match, link))
                found.came_from("evidence", "“according to …”", block.line)
        drafts += (_link(run, block, found) for run in links)
    return drafts


def _report(sentence: str, match: re.Match[str], link: Run | None) -> EvidenceDraft:
    publisher = match["by"] or match["by2"]
    what = (match["what"] or match["what2"]).lower()
    return EvidenceDraft(
        kind=_KINDS.get(what, "report"),
        claim=whole_sentences(sentence, _CLAIM),
        source_title=f"{what.capitalize()} by {publisher}",
        publisher=publisher,
        url=link.href if link else "",
    )


def _link(run: Run, block: Block, found: Findings) -> EvidenceDraft:
    sentences = [part for part in split_sentences(block.text) if run.text.strip() in part]
    found.came_from("evidence", "link that leaves the site", block.line)
    return EvidenceDraft(
        kind="document",
        claim=whole_sentences(sentences[0] if sentences else block.text, _CLAIM),
        source_title=run.text.strip() or run.href,
        publisher=site_of(run.href),
        url=run.href,
    )


def _outside(block: Block, site: str) -> list[Run]:
    bare = (Run(url.rstrip(".,;:"), url.rstrip(".,;:")) for url in _BARE_URL.findall(block.text))
    runs: Iterator[Run] = (run for run in (*block.runs, *bare) if run.href.startswith("http"))
    return [run for run in runs if urlsplit(run.href).hostname and site_of(run.href) != site]


def once(drafts: Iterable[EvidenceDraft], found: Findings) -> tuple[EvidenceDraft, ...]:
    """The first of several candidates for one address, or for one sentence."""
    first: dict[str, EvidenceDraft] = {}
    for draft in drafts:
        if first.setdefault(draft.url or f"{draft.kind} {draft.claim}", draft) is not draft:
            message = f"One source is named twice, with “{draft.claim}” ({draft.source_title})."
            hint = "Add a second row if it supports two claims."
            found.notes.append(Note("evidence-twice", "evidence", message, hint))
    return tuple(first.values())
