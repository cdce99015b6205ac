"""Markdown (CommonMark) of the HTML that press makes: a known subset, cleaned long before. Pages of
our own templates keep to it too.

    <p>A <strong>pump</strong> house. <sup><a href="#e2">E2</a></sup></p>
    A **pump** house. [E2]

A citation is a reference, `[E2]`; `definitions` says where it leads. Words survive whatever the
nesting; emphasis goes where its stars could be read otherwise.
"""

from .blocks import quoted, to_markdown
from .inline import link, text
from .writing import bullets, definitions, heading, paragraphs

__all__ = [
    "bullets", "definitions", "heading", "link", "paragraphs", "quoted", "text", "to_markdown",
]  # fmt: skip
