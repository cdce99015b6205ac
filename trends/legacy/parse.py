"""A saved page, text or HTML → a Draft. Reads nothing but its argument, writes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields, replace

from .address import safe_url, site_of, stable_id, text_id
from .blocks import Block, folded, render
from .clean import Page, clean
from .draft import Draft, RelatedDraft, Unreadable
from .evidence import find_sources, once, take_quotes
from .findings import Findings
from .head import Head, read_head
from .labels import without_labels
from .links import extract, once_related, related_rows, with_safe_links
from .news import News, tell_once
from .placeholders import without_placeholders
from .rows import authors, evidence, rows
from .sections import Sections, split
from .source import read_source

__all__ = ["PARSER_VERSION", "Unreadable", "parse_page"]

PARSER_VERSION = 1
_SECTIONS = ("lede", "context", "evidence", "analysis", "key_points", "actions", "author")
_FIELDS = {"author": "authors"}


def parse_page(
    raw: bytes | str,
    *,
    name: str,
    known_titles: Collection[str] = (),
    noise: Collection[str] = (),
) -> Draft:
    """`name`: of the file, used when the page prints no title and for messages.

    `known_titles` of other pieces tell where an Also Read ends; `noise` is find_noise's result.
    Raises Unreadable for what is empty, too large, no text, or has no title at all.
    """
    found = Findings()
    source = read_source(raw, name=name)
    page = clean(source, found, noise=noise)
    head = read_head(page, source, found)
    url = source.url or _own_address(page)
    tidied = _Tidied(url, frozenset(known_titles), found)
    sections = split(head, found)
    for part in fields(Sections):
        if part.name != "related":
            setattr(sections, part.name, tidied.blocks(getattr(sections, part.name), part.name))
    summary = [without_labels(block, "standfirst", found) for block in head.summary]
    summary = tidied.blocks(summary, "head")
    draft = _drafted(head, sections, summary, found, site=site_of(url))
    related = (*tidied.related, *related_rows(sections.related, base=url, found=found))
    return _finished(replace(draft, related=once_related(related, found)), page, url, found)


def _own_address(page: Page) -> str:
    for name in ("canonical", "og:url"):
        url = safe_url(page.meta.get(name, ""), "")
        if url and url.startswith("http"):
            return url
    return ""


@dataclass
class _Tidied:
    """Sections less Also Read and placeholders, with safe links; collects the related rows."""

    base: str
    known_titles: frozenset[str]
    found: Findings
    related: list[RelatedDraft] = field(default_factory=list)

    def blocks(self, blocks: Iterable[Block], section: str) -> list[Block]:
        kept, related = extract(
            blocks, base=self.base, known_titles=self.known_titles, found=self.found
        )
        self.related += related
        kept = without_placeholders(kept, section, self.found)
        return with_safe_links(kept, base=self.base, found=self.found)


def _drafted(
    head: Head, parts: Sections, summary: list[Block], found: Findings, *, site: str
) -> Draft:
    lede, said_in_lede = take_quotes(parts.lede, found)
    facts, said = take_quotes([*parts.body, *parts.context], found)
    analysis, said_in_analysis = take_quotes(parts.analysis, found)
    points = rows(parts.key_points, "key_points", found)
    news = News(head.title, parts.subtitle, summary, lede, facts, points)
    tell_once(news, found)
    prose = [*news.lede, *news.facts, *analysis]
    return Draft(
        title=head.title,
        standfirst=news.standfirst,
        lede=render(news.lede),
        context=render(news.facts),
        analysis=render(analysis),
        key_points=points,
        actions=rows(parts.actions, "actions", found),
        evidence=once(
            (
                *evidence(parts.evidence, found),
                *said_in_lede,
                *said,
                *said_in_analysis,
                *find_sources(prose, site=site, found=found),
            ),
            found,
        ),
        authors=authors(parts.author, head.authors, found),
        published_on=head.published_on,
        hero_alt=head.alt,
        legacy_id="",
    )


def _finished(draft: Draft, page: Page, url: str, found: Findings) -> Draft:
    """With the identity of the piece, and what the stages found."""
    identity = stable_id(url)
    found.came_from("legacy_id", "the address" if identity else "a digest of the words")
    return replace(
        draft,
        legacy_url=url,
        legacy_id=identity or text_id(*(folded(block.text) for block in page.blocks)),
        pending=tuple(name for name in _SECTIONS if not getattr(draft, _FIELDS.get(name, name))),
        notes=tuple(found.notes),
        provenance=found.provenance(),
    )
