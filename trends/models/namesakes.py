"""Who an imported name may be: people of the same name, written in another way."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from .author import Author

_WORDS = re.compile(r"\w+")
MOST = 3


def folded_name(name: str) -> tuple[str, ...]:
    """The words of a name without accents, dots and capitals."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return tuple(_WORDS.findall("".join(c for c in plain if not unicodedata.combining(c))))


def may_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words in any order, or the same last word and a first one that may be its
    initial: A. Lee, Ann Lee, Ann Mary Lee."""
    if not (one and other):
        return False
    if sorted(one) == sorted(other):
        return True
    short, long = sorted((one[0], other[0]), key=len)
    return one[-1] == other[-1] and long.startswith(short) and (len(short) == 1 or short == long)


def suggestions(names: Iterable[Author]) -> dict[int, list[Author]]:
    """For each of the authors a few others that may be them, the same name first. One query."""
    wanted = list(names)
    known = defaultdict(list)
    for author in Author.objects.current().only("name", "slug", "unresolved", "job_title"):
        folded = folded_name(author.name)
        for word in {folded[0], folded[-1]} if folded else ():
            known[word].append((folded, author))
    return {author.pk: _like(author, known) for author in wanted}


def _like(author: Author, known: dict[str, list[tuple[tuple[str, ...], Author]]]) -> list[Author]:
    folded = folded_name(author.name)
    near = {other for word in folded[:1] + folded[-1:] for other in known.get(word, ())}
    found = [
        (name != folded, other.unresolved, other.name, other.pk, other)
        for name, other in near
        if other.pk != author.pk and may_be(folded, name)
    ]
    return [other for *_, other in sorted(found, key=lambda one: one[:4])[:MOST]]
