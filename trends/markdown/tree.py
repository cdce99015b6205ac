"""HTML that is well formed already, as a tree."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

from .escaping import CONTROLS

BLOCKS = {"p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption"}
EMPTY = {"br", "img", "source"}
DEEPEST = 40  # what is nested deeper stands beside


@dataclass(slots=True)
class Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Union["Node", str]] = field(default_factory=list)

    @property
    def holds_blocks(self) -> bool:
        return any(
            isinstance(child, Node) and (child.tag in BLOCKS or child.holds_blocks)
            for child in self.children
        )


class _Parser(HTMLParser):
    """A tree of what is well formed already."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.path = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(node)
        if tag not in EMPTY:
            self.path.append(node if len(self.path) < DEEPEST else self.path[-1])

    def handle_endtag(self, tag: str) -> None:
        if len(self.path) > 1 and tag not in EMPTY:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(CONTROLS.sub("", data))


def parsed(html: str) -> list[Node | str]:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.root.children
