"""What stands in a line: emphasis, links, citations."""

import re
import unicodedata
from collections.abc import Iterable

from .escaping import SPACE, destination, escaped, one_line
from .tree import Node

_CITED = re.compile(r"E\d{1,6}")
# Behind a citation these would make another thing of it: "[E2](", "[E2][", "[E2]:".
_BARE_CITATION = re.compile(r"(\[E\d{1,6}\])(?=[\[(:])")
_CALLED_OUT = re.compile(r"!(?=\[)")  # before a link it would make a picture of it
# Beside these a star is read as one; but not beside another star.
_PUNCTUATION = {"Po", "Ps", "Pe", "Pd", "Pi", "Pf"}
# Stars are set last, when it is known what stands beside them, and so is the mark of a picture.
# No text holds these characters.
_PICTURE = "\x05"
_STARS = {"strong": ("\x01", "\x02", "**"), "em": ("\x03", "\x04", "*")}
_STARRED = re.compile("([\x01\x03])([^\x01-\x04]*)[\x02\x04]")
_MARKS = re.compile("[\x01-\x04]")


def text(value: str) -> str:
    """Plain text as the Markdown of one line."""
    return one_line(_finished(escaped(value)))


def link(words: str, url: str) -> str:
    return f"[{text(words)}]({destination(url)})"


def inline(nodes: Iterable[Node | str], *, breaks: str) -> str:
    """Several lines of Markdown where `breaks` is an end of line."""
    return _finished(_raw(nodes, breaks, frozenset()))


def _finished(raw: str) -> str:
    starred = _MARKS.sub("", _STARRED.sub(_starred, raw))
    whole = _CALLED_OUT.sub(r"\!", _BARE_CITATION.sub(r"\1[]", starred))
    return whole.replace(_PICTURE, "!")


def _raw(nodes: Iterable[Node | str], breaks: str, within: frozenset[str]) -> str:
    return "".join(
        SPACE.sub(" ", escaped(node)) if isinstance(node, str) else _raw_of(node, breaks, within)
        for node in nodes
    )


def _raw_of(node: Node, breaks: str, within: frozenset[str]) -> str:
    """`within`: what it stands in already, of which Markdown takes one at a time."""
    if node.tag == "br":
        return breaks
    if node.tag == "img":
        return _PICTURE + link(node.attrs.get("alt", ""), node.attrs.get("src", ""))
    if node.tag == "sup" and (mark := _citation(node)) and "a" not in within:
        return mark
    inner = _raw(node.children, breaks, within | {_family(node.tag)})
    if _family(node.tag) in within or not inner.strip():
        return inner
    if node.tag == "a" and node.attrs.get("href"):
        return f"[{one_line(inner)}]({destination(node.attrs['href'])})"
    if node.tag in _STARS:
        opening, closing, _ = _STARS[node.tag]
        return opening + inner + closing
    return inner


def _family(tag: str) -> str:
    return "stars" if tag in ("strong", "em", "b") else tag


def _citation(node: Node) -> str:
    """[E2] of <sup><a href="…#e2">E2</a></sup>; "" of any other."""
    (child, *others) = node.children or [""]
    if others or not isinstance(child, Node) or child.tag != "a":
        return ""
    words = "".join(part for part in child.children if isinstance(part, str))
    return f"[{words}]" if _CITED.fullmatch(words) else ""


def _starred(match: re.Match[str]) -> str:
    """With stars where CommonMark must read them as emphasis, else the words alone."""
    inner = match[2]
    words = inner.strip()
    before, after = inner.partition(words)[::2] if words else (inner, "")
    previous = (match.string[: match.start()] + before)[-1:]
    following = (after + match.string[match.end() :])[:1]
    if not words or "\n" in inner or not (_parts(previous) and _parts(following)):
        return inner
    stars = next(stars for opening, _, stars in _STARS.values() if opening == match[1])
    return f"{before}{stars}{words}{stars}{after}"


def _parts(character: str) -> bool:
    """The edge of a line, a space, or a mark of punctuation that is no star."""
    if character in ("", " ", "\n"):
        return True
    return character != "*" and unicodedata.category(character) in {"Zs", *_PUNCTUATION}
