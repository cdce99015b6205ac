"""Rich text: one fixed list of allowed HTML, citation marks, plain text.

The only module that may declare a string safe for templates (security rule 12).
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping

import nh3
from django.utils.safestring import SafeString, mark_safe

# svg and math are never allowed: their parsing rules are where sanitisers break.
TAGS = {"p", "br", "h3", "h4", "strong", "em", "a", "ul", "ol", "li", "blockquote", "figure"}
# `trend:12` is a link to the article with id 12, resolved when read.
SCHEMES = {"http", "https", "mailto", "trend"}
_cleaner = nh3.Cleaner(
    tags=TAGS | {"figcaption"},  # until _set_figures has made a paragraph of it
    clean_content_tags={"script", "style", "template", "iframe", "noscript"},
    # "*": nh3 lets lang and title through on every tag unless told otherwise.
    attributes={"a": {"href"}, "figure": {"data-picture"}, "*": set()},
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
)

CITATION = re.compile(r"\[\[E(\d{1,6})\]\]")
# A picture of the library, by its id; what else there is to say of it is read when it is shown.
PICTURE = re.compile(r'<figure data-picture="([0-9]{1,18})"></figure>')
_TAG = re.compile(r'(<(?:[^>"]|"[^"]*")*>)')
_BLOCK_END = re.compile(r"</(?:p|h3|h4|li|blockquote)>|<br ?/?>")
_EMPTY_BLOCK = re.compile(r"<(p|h3|h4|li|ul|ol|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
_FIGURE = re.compile(r'<figure data-picture="([0-9]{1,18})">')
_CAPTIONS = {"<figcaption>": "<p>", "</figcaption>": "</p>"}
_TREND_LINK = re.compile(r'<a href="trend:(\d{1,18})"[^>]*>(.*?)</a>', re.DOTALL)


def clean(value: str) -> str:
    """HTML that holds only the allowed list; the same again when cleaned again.

    Empty blocks go too, so that an editor's lone `<p></p>` counts as empty. A picture stands
    between blocks, never in one; what is no picture of the library keeps only its words.
    """
    for _ in range(50):  # two are enough, but for empty blocks in empty blocks
        cleaned = _EMPTY_BLOCK.sub("", _set_figures(_cleaner.clean(value))).strip()
        if cleaned == value:
            break
        value = cleaned
    return value


def _set_figures(value: str) -> str:
    """Well-formed HTML with each picture in its one form, behind the block that it stood in.

    Words of a caption become a paragraph: the picture's own caption stands in the library.
    """
    if "<fig" not in value:
        return value
    done, waiting, depth = list[str](), list[str](), 0
    for i, part in enumerate(_TAG.split(value)):
        if i % 2 and part.startswith(("<figure", "</figure")):
            found = _FIGURE.fullmatch(part)
            waiting += [f'<figure data-picture="{int(found[1])}"></figure>'] if found else []
        else:
            done.append(_CAPTIONS.get(part, part))
            depth += _step(part) if i % 2 else 0
        if depth == 0:
            done += waiting
            waiting.clear()
    return "".join(done)


def _step(tag: str) -> int:
    """How much deeper the text behind a tag stands."""
    if tag == "<br>":
        return 0
    return -1 if tag.startswith("</") else 1


def plain(value: str) -> str:
    """The words of rich text, a line a block, without citation marks and pictures."""
    return readable(CITATION.sub("", PICTURE.sub("\n", value)))


def readable(value: str) -> str:
    """The words of rich text, a line a block, citation marks as they are typed.

    A picture is "[Picture 12]", so that whoever compares two texts sees that it came or went.
    """
    value = PICTURE.sub(r"\n[Picture \1]\n", value)
    text = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", value)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def from_plain(text: str) -> str:
    """Rich text of plain text: an empty line parts paragraphs."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(f"<p>{html.escape(' '.join(b.split()), quote=False)}</p>" for b in blocks if b)


def cited(text: str) -> list[int]:
    """Numbers of evidence that a text cites, in order, with repeats."""
    return [int(number) for number in CITATION.findall(text)]


def renumber(text: str, numbers: Mapping[int, int]) -> str:
    """Point citations at other numbers; all at once, so that swaps are safe."""
    return CITATION.sub(lambda m: f"[[E{numbers.get(int(m[1]), int(m[1]))}]]", text)


def without_citations(text: str, numbers: Iterable[int]) -> str:
    """Drop the marks of the given numbers with the space before them."""
    gone = set(numbers)
    marks = re.compile(r"[ \u00a0]?" + CITATION.pattern)
    return marks.sub(lambda m: "" if int(m[1]) in gone else m[0], text)


def map_text(value: str, change: Callable[[str], str]) -> str:
    """Apply a change to what stands between tags, never to a tag or its attributes."""
    parts = _TAG.split(value)
    return "".join(part if i % 2 else change(part) for i, part in enumerate(parts))


def trend_links(value: str) -> set[int]:
    """Ids of the articles that rich text links to."""
    return {int(number) for number, _ in _TREND_LINK.findall(value)}


def resolve_trend_links(value: str, urls: Mapping[int, str]) -> str:
    """Give links to articles their address; one whose target is not public becomes its words."""

    def link(match: re.Match[str]) -> str:
        url = urls.get(int(match[1]))
        return f'<a href="{html.escape(url)}">{match[2]}</a>' if url else match[2]

    return _TREND_LINK.sub(link, value)


def pictures(value: str) -> list[int]:
    """Ids of the pictures that stand in rich text, in order, each once."""
    return list(dict.fromkeys(int(number) for number in PICTURE.findall(value)))


def resolve_pictures(value: str, shown: Mapping[int, str]) -> str:
    """Put the HTML of each picture where it stands; one that is not shown leaves nothing."""
    return PICTURE.sub(lambda match: shown.get(int(match[1]), ""), value)


def without_pictures(value: str, gone: Iterable[int] | None = None) -> str:
    """Drop the pictures with the given ids; all of them where none are given."""
    if gone is None:
        return PICTURE.sub("", value)
    lost = set(gone)
    return PICTURE.sub(lambda match: "" if int(match[1]) in lost else match[0], value)


def trusted(value: str) -> SafeString:
    """Mark HTML as safe that press made out of cleaned text."""
    return mark_safe(value)  # noqa: S308 (the one place)
