"""Second stage: what the site's template printed round the article is told from the article.

Nothing is dropped in silence: each line that goes is quoted in a note.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from .blocks import Block, folded, squashed
from .draft import Unreadable
from .findings import Findings, at
from .lines import SLUG, itemised, read_lines
from .markup import Markup, Picture, read_markup
from .source import Source

_SOCIAL = "(?:facebook|twitter|x|linkedin|pinterest|e-?mail|whatsapp|telegram|reddit|tumblr)"
_CHROME = re.compile(
    rf"(?:share(?: this| on)?:?\s*)?{_SOCIAL}(?:[ ,|]+{_SOCIAL})+"
    r"|share(?: this(?: article| post)?)?|tweet|menu|search|home|trends|news|print|copy link"
    r"|skip to (?:main )?content|advertisement|sponsored content|subscribe(?: now)?"
    r"|sign up (?:for|to) our newsletter|read more|continue reading|load more|back to top"
    r"|related (?:posts|articles|stories)|previous (?:article|post)|next (?:article|post)"
    r"|leave a (?:reply|comment)|(?:no|\d+) comments?|\d+ mins? read|(?:\d+ )?views?"
    r"|(?:©|\(c\)|copyright)\s.{0,120}|all rights reserved\.?",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile("(?:home|start)\\s*[\u00bb\u203a>/]\\s*(.+)", re.IGNORECASE)
_FILE_NAME = re.compile(r"[\w.-]+\.(?:jpe?g|png|gif|webp|avif|svg)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MAX_BLOCKS = 10_000
_MAX_LETTERS = 500_000
_NOISE_LENGTH = 120  # characters; longer lines that repeat are quotations, not template


@dataclass(frozen=True, slots=True)
class Page:
    """Blocks of the article and its head, and what the rest told about it."""

    blocks: list[Block]
    meta: dict[str, str] = field(default_factory=dict)
    crumb: str = ""
    pictures: tuple[Picture, ...] = ()


def clean(source: Source, found: Findings, *, noise: Collection[str] = ()) -> Page:
    """`noise` holds masked lines (find_noise) that repeat over the pages of this import."""
    markup = _read(source)
    _check_size([*markup.blocks, *markup.aside, *markup.captions], source)
    _report_aside(markup, found)
    blocks = itemised(_article(markup, found))
    _check_size(blocks, source)
    kept = [block for block in blocks if not _is_template(block, noise, found)]
    return Page(kept, markup.meta, _crumb(blocks), tuple(markup.pictures))


def _is_template(block: Block, noise: Collection[str], found: Findings) -> bool:
    reason = _chrome_reason(block, noise)
    if reason:
        code = "alt-slug" if _is_file_name(block.text) else "template"
        found.left_out(block.text, line=block.line, why=reason, code=code)
    return bool(reason)


def _crumb(blocks: Iterable[Block]) -> str:
    """The last step of the breadcrumb."""
    found = (_BREADCRUMB.fullmatch(block.text) for block in blocks)
    steps = [re.split("\\s*[\u00bb\u203a]\\s*", match[1])[-1] for match in found if match]
    return steps[0] if steps else ""


def _read(source: Source) -> Markup:
    if not source.is_html:
        _refuse_above(len(source.text), _MAX_LETTERS, "letters", source)
        _refuse_above(source.text.count("\n"), 4 * _MAX_BLOCKS, "lines", source)
        return Markup(blocks=read_lines(source.text, first_line=source.first_line))
    return read_markup(source.text, first_line=source.first_line)


def _check_size(blocks: Sequence[Block], source: Source) -> None:
    """No article is as long; a book or a whole archive would keep the importer busy for hours."""
    _refuse_above(len(blocks), _MAX_BLOCKS, "paragraphs", source)
    _refuse_above(_letters(blocks), _MAX_LETTERS, "letters", source)
    if not blocks:
        raise Unreadable(
            f"“{source.name}” holds no words. Save the page again, with its text, and import it."
        )


def _refuse_above(count: int, limit: int, what: str, source: Source) -> None:
    if count > limit:
        raise Unreadable(
            f"“{source.name}” has {count:,} {what}; at most {limit:,} are read. "
            "Save one article a file and import it again."
        )


def _report_aside(markup: Markup, found: Findings) -> None:
    if not markup.blocks:  # the page has nothing else: it is the article
        markup.blocks = [*markup.aside, *markup.captions]
        return
    for block in markup.captions:
        why = "the caption of a picture"
        found.left_out(block.text, line=block.line, why=why, code="caption")
    for block in markup.aside:
        found.left_out(block.text, line=block.line, why="beside the article", code="aside")


def _article(markup: Markup, found: Findings) -> list[Block]:
    """The blocks within <main> or <article> if the article is there, else all of them."""
    main = [block for number, block in enumerate(markup.blocks) if number in markup.main]
    outside = [block for number, block in enumerate(markup.blocks) if number not in markup.main]
    if _letters(main) < _letters(outside):
        return markup.blocks
    for block in outside:
        found.left_out(block.text, line=block.line, why="beside the article", code="aside")
    return main


def _letters(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _chrome_reason(block: Block, noise: Collection[str]) -> str:
    text = block.text
    if _is_file_name(text):
        return "a file name or slug in place of a picture's alt text"
    if _BREADCRUMB.fullmatch(text):
        return "breadcrumb"
    if len(text) <= _NOISE_LENGTH and (_CHROME.fullmatch(text) or masked(text) in noise):
        return "the site's template"
    return ""


# --- noise over many pages ------------------------------------------------------------------


def masked(text: str, title: str = "") -> str:
    """A line without what differs from page to page: the title, numbers, capitals, marks."""
    text = text.replace(title, " TITLE ") if title else text
    return folded(_DIGITS.sub("0", text))


def find_noise(pages: Sequence[tuple[str, Iterable[str]]], *, at_least: int = 3) -> set[str]:
    """Masked lines that at least half of the pages, and `at_least`, have; pages are (title, lines).

    To be handed to parse_page when many pages of one site are imported together.
    """
    counts: Counter[str] = Counter()
    for title, lines in pages:
        counts.update({masked(line, title) for line in lines if len(line) <= _NOISE_LENGTH})
    needed = max(at_least, len(pages) / 2)
    return {line for line, count in counts.items() if line and count >= needed}


# --- the picture ----------------------------------------------------------------------------


def hero_alt(page: Page, found: Findings) -> str:
    """The alt text of the first picture that has a real one; all pictures are reported."""
    best = ""
    for picture in page.pictures:
        usable = bool(picture.alt) and not _is_file_name(picture.alt)
        if usable and not best:
            best = picture.alt
            found.came_from("hero_alt", "alt text of the first picture", picture.line)
        _report(picture, found)
    return best


def _is_file_name(alt: str) -> bool:
    return bool(SLUG.fullmatch(alt) or _FILE_NAME.fullmatch(alt) or not squashed(alt))


def _report(picture: Picture, found: Findings) -> None:
    alt = f"alt text “{picture.alt}”" if picture.alt else "no alt text"
    found.note(
        "alt-slug" if picture.alt and _is_file_name(picture.alt) else "picture",
        "head",
        f"The page shows a picture with {alt}, {at(picture.line)}: {picture.src or 'no address'}.",
        "Add the picture to the library with a real alt text and its credit, if it may be used.",
    )
