"""The pages that readers ask for, and which facts (world.py) each of them shows."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .world import words

PATTERNS = {
    name: re.compile(words(name, 0).partition("0")[0] + r"(\d+)")
    for name in (
        "title", "mended", "picture", "link", "author", "topic", "second", "notice", "doomed",
        "pinned", "told",
    )
}  # fmt: skip


# What a fact may have been since the reader asked.
Allowed = Callable[[str], list[int]]


@dataclass(frozen=True)
class Page:
    """`facts`: by their names; "second=told" where another word carries the number."""

    path: str
    facts: tuple[str, ...]

    def shown(self, text: str) -> dict[str, set[int]]:
        """The numbers of each fact; {0} for none."""
        found = {}
        for fact in self.facts:
            name, _, told = fact.partition("=")
            numbers = [int(n) for n in PATTERNS[told or name].findall(text)]
            found[name] = PICKED.get(name, set)(numbers) or {0}
        return found

    def flaw(self, status: int, text: str, allowed: Allowed) -> str:
        """What is wrong with an answer; "" for nothing."""
        if status != 200:
            return f"{self.path}: {status}"
        for fact, numbers in self.shown(text).items():
            if not numbers <= set(right := allowed(fact)):
                return f"{self.path}: {fact} {numbers} instead of {right}"
        return ""


@dataclass(frozen=True)
class Doomed:
    """The page of a piece that is removed, or soon will be."""

    number: int

    @property
    def path(self) -> str:
        return f"/trends/doomed-{self.number}/"

    def flaw(self, status: int, text: str, allowed: Allowed) -> str:
        others = set(right := allowed("doomed")) - {self.number}
        if (status == 200 and self.number in right) or (status in (404, 410) and others):
            return ""
        return f"{self.path}: {status} where {right} is there"


# Corrections stay below newer ones; pinned pieces stand further down, too.
PICKED: dict[str, Callable[[list[int]], set[int]]] = {
    "mended": lambda numbers: {max(numbers)} if numbers else set(),
    "pinned": lambda numbers: set(numbers[:1]),
}


def page(path: str, facts: str) -> Page:
    return Page(path, tuple(facts.split()))


PAGES = (
    page("/trends/main/", "title picture link author topic second mended"),
    page("/", "pinned title second doomed topic"),
    page("/trends/second/", "second=told notice"),
    page("/trends/", "title second doomed topic author"),
    page("/api/v1/trends/main", "title picture link author topic second mended"),
    page("/feeds/trends.atom", "title second doomed author topic"),
    page("/topics/topic/", "topic title second doomed"),
    page("/authors/author/", "author title second"),
    page("/trends/main.md", "title picture link author topic second mended"),
    page("/corrections/", "mended"),
    page("/api/v1/trends", "title second doomed"),
    page("/search/?q=harbour", "title second doomed"),
    page("/feeds/trends.json", "title second doomed"),
    page("/llms.txt", "title second doomed topic"),
)
