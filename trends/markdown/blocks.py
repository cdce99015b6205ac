"""Blocks of HTML as blocks of Markdown."""

import re
from collections.abc import Iterable

from .escaping import one_line, started, unclosed
from .inline import inline
from .tree import BLOCKS, Node, parsed

HEADINGS = {"h1": "#", "h2": "##", "h3": "###", "h4": "####"}


def to_markdown(html: str) -> str:
    """Blocks with an empty line between them; "" for nothing."""
    return "\n\n".join(_blocks(parsed(html)))


def _blocks(nodes: Iterable[Node | str]) -> list[str]:
    """Each one Markdown; runs of inline nodes are paragraphs."""
    blocks: list[str] = []
    run: list[Node | str] = []
    lists = 0  # how many stand in a row: another bullet parts them

    def end_run() -> None:
        nonlocal lists
        if found := _paragraph(run):
            blocks.append(found)
            lists = 0
        run.clear()

    for node in nodes:
        if isinstance(node, str) or not (node.tag in BLOCKS or node.holds_blocks):
            run.append(node)
            continue
        end_run()
        if node.tag in ("ul", "ol"):
            found = [_list(node, lists % 2)]
            lists += bool(found[0])
        else:
            found = _block(node)
            lists = 0 if any(found) else lists
        blocks += filter(None, found)
    end_run()
    return blocks


def _block(node: Node) -> list[str]:
    if node.tag in HEADINGS and not node.holds_blocks:
        words = one_line(inline(node.children, breaks=" "))
        return [f"{HEADINGS[node.tag]} {unclosed(words)}"] if words else []
    if node.tag == "figcaption":
        return [" · ".join(_parts_of(node))]
    inner = _blocks(node.children)
    if node.tag == "blockquote":
        return [quoted("\n\n".join(inner))] if inner else []
    return inner


def _parts_of(node: Node) -> list[str]:
    """The paragraphs and items of a caption, in one line."""
    if not node.holds_blocks:
        words = one_line(inline(node.children, breaks=" "))
        return [words] if words else []
    return [part for child in node.children if isinstance(child, Node) for part in _parts_of(child)]


def _list(node: Node, other: int) -> str:
    """`other`: 1 for the second way of writing it."""
    items = [found for child in _items(node) if (found := "\n\n".join(_blocks(child)))]
    if node.tag == "ul":
        marked = [("-*"[other] + " ", item) for item in items]
    else:
        marked = [(f"{place}{'.)'[other]} ", item) for place, item in enumerate(items, 1)]
    gap = "\n\n" if any("\n\n" in item for item in items) else "\n"
    return gap.join(mark + indented(item, len(mark)) for mark, item in marked)


def _items(node: Node) -> Iterable[list[Node | str]]:
    """The contents of its items; what stands between them is one too."""
    return [
        child.children if isinstance(child, Node) and child.tag == "li" else [child]
        for child in node.children
    ]


def indented(markdown: str, width: int) -> str:
    return re.sub(r"\n(?=[^\n])", "\n" + " " * width, markdown)


def _paragraph(nodes: Iterable[Node | str]) -> str:
    lines = [one_line(line) for line in inline(nodes, breaks="\n").split("\n")]
    return started("\\\n".join(line for line in lines if line.strip()))


def quoted(markdown: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n"))
