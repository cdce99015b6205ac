"""What a change says anew: figures, names, quotations, the title, evidence.

Plain data in, plain data out: two public snapshots, and sentences for whoever has to decide
whether it is a typo. A doubtful word counts: to give a reason costs a line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from .compare import by_key
from .richtext import plain
from .snapshot import CITING_ROWS, LABELS, PROSE, SECTIONS, Row, Snapshot, is_empty
from .text import OPENERS, split_sentences

# "1,250.5", "2026-03-01", "4½"; units stay words.
_FIGURE = re.compile(r"\d+(?:[.,:/\u2019-]\d+)*[½¼¾]?")
_QUOTATION = re.compile(r"“[^”]+”|„[^“”]+[“”]|«[^»]+»|\"[^\"]+\"")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*[\w’']|[^\W\d_]")
_SPELT_OUT = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million billion trillion half third quarter twice double triple"
)
_NUMBERS_IN_WORDS = frozenset(_SPELT_OUT.split())
# What a reader of a piece of evidence is told in other words than the name of the field.
_FIELDS = {"excerpt": "exact passage", "dated_on": "date", "url": "address"}


def significant(before: Snapshot, after: Snapshot) -> list[str]:
    """A sentence for each difference, in reading order; [] for what may be a typo.

    What stands in a section that was empty before is new, not changed: it does not count.
    """
    found = list(_title(before["head"], after["head"]))
    for section in SECTIONS:
        if section == "head" or not is_empty(before, section):
            old, new = _text(before, section), _text(after, section)
            found += [f"{LABELS[section]}: {line}" for line in _in_text(old, new)]
    if not is_empty(before, "evidence"):
        found += _evidence(before["evidence"]["rows"], after["evidence"]["rows"])
    return found


def _title(before: Row, after: Row) -> Iterator[str]:
    if before["title"] != after["title"]:
        yield f"The title “{before['title']}” became “{after['title']}”."


def _text(snapshot: Snapshot, section: str) -> str:
    """The words of a section, a line a block; evidence is compared row by row instead."""
    if section == "head":
        return "\n".join(snapshot["head"][name] for name in ("standfirst", "dateline", "sponsor"))
    if section in PROSE:
        return plain(snapshot[section]["text"])
    names = CITING_ROWS.get(section, ())
    return "\n".join(plain(row[name]) for row in snapshot[section]["rows"] for name in names)


def _in_text(before: str, after: str) -> Iterator[str]:
    if before == after:
        return
    for words in (_quotations, _figures, _names):
        yield from _changed(words, before, after)


def _changed(find: Callable[[str], list[str]], before: str, after: str) -> Iterator[str]:
    """Words that went and words that came, in pairs as far as there are pairs."""
    old, new = find(before), find(after)
    gone, come = _without(old, new), _without(new, old)
    for was, now in zip(gone, come, strict=False):
        yield f"{_quoted(was)} became {_quoted(now)}."
    pairs = min(len(gone), len(come))
    yield from (f"{_quoted(word)} is gone." for word in gone[pairs:])
    yield from (f"{_quoted(word)} is new." for word in come[pairs:])


def _quoted(words: str) -> str:
    return words if words[0] in "“„«" else f"“{words.strip(chr(34))}”"


def _without(words: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those that the others have not, or not as often; in order, each once."""
    more = Counter(words) - Counter(others)
    return list(dict.fromkeys(word for word in words if word in more))


def _quotations(text: str) -> list[str]:
    return _QUOTATION.findall(text)


def _figures(text: str) -> list[str]:
    return [*_FIGURE.findall(text), *_spelt_out(text)]


def _spelt_out(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", text.lower())
    return [word for word in words if word in _NUMBERS_IN_WORDS]


def _names(text: str) -> list[str]:
    """Words with a capital. The first of a sentence has one anyway, so common openers don't
    count there."""
    found = []
    for line in text.split("\n"):
        for sentence in split_sentences(line):
            words = _WORD.findall(sentence)
            found += [word for i, word in enumerate(words) if _is_name(word, is_first=i == 0)]
    return found


def _is_name(word: str, *, is_first: bool) -> bool:
    known = word.lower() in OPENERS or word.lower() in _NUMBERS_IN_WORDS
    return word[0].isupper() and len(word) > 1 and not (is_first and known)


def _evidence(before: list[Row], after: list[Row]) -> Iterator[str]:
    old, new = by_key(before), by_key(after)
    yield from (f"E{row['number']} is gone." for key, row in old.items() if key not in new)
    for key, row in new.items():
        if key not in old:
            yield f"E{row['number']} is new."
            continue
        changed = [name for name in row if name != "key" and row[name] != old[key].get(name)]
        if changed:
            names = ", ".join(_FIELDS.get(name, name.replace("_", " ")) for name in changed)
            yield f"E{row['number']}: {names} changed."
