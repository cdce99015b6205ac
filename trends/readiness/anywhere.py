"""Rules for every text, whatever its section: placeholders, citation marks, markers, links."""

import re
from collections.abc import Iterator

from .. import richtext
from ..snapshot import LABELS, PROSE, Snapshot
from ..text import clean_url, find_also_read, find_doubtful, find_placeholders
from .facts import Facts
from .issues import Issue, issue
from .passages import Passage, passages

# Also what was meant as a citation and would be printed as it stands: [[e2]], [[E]], [[E1, E2]].
_MARK = re.compile(r"\[\[\s*E[\dEn?#,;&\s]*\]\]", re.IGNORECASE)
# Names may hold these (a ministry's domain, a games' number), so a person may let them pass.
_SHORT = re.compile(r"(?:TK)+|x+", re.IGNORECASE)
_ADDRESSES = {"evidence": ("url", "archive_url"), "related": ("url",)}


def check_texts(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    numbers = {row["number"] for row in snapshot["evidence"]["rows"]}
    for passage in passages(snapshot, facts):
        words = passage.words
        for found in find_placeholders(words):
            code = "placeholder-mark" if _SHORT.fullmatch(found) else "placeholder"
            yield _at(passage, code, f"“{found}” stands in {passage.place}.")
        for found in find_doubtful(words):
            yield _at(passage, "tbc", f"“{found}” stands in {passage.place}.")
        for mark in _dangling(passage, numbers):
            yield _at(passage, "citation-dangling", f"{mark} in {passage.place} leads nowhere.")
        if passage.section in PROSE and (markers := find_also_read(words)):
            yield _at(passage, "also-read-in-prose", f"“{markers[0]}” is left in {passage.place}.")


def _at(passage: Passage, code: str, message: str) -> Issue:
    return issue(code, passage.section, message, field=passage.field, key=passage.key)


def _dangling(passage: Passage, numbers: set[int]) -> list[str]:
    marks = dict.fromkeys(_MARK.findall(passage.text))
    return [mark for mark in marks if not (passage.cites and _number(mark) in numbers)]


def _number(mark: str) -> int | None:
    match = richtext.CITATION.fullmatch(mark)
    return int(match[1]) if match else None


def check_links(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    for section, names in _ADDRESSES.items():
        for row in snapshot[section]["rows"]:
            for name in names:
                if (url := row.get(name)) and clean_url(url) is None:
                    message = f"“{url[:80]}” in {LABELS[section]} is not a safe address."
                    yield issue("link-unsafe", section, message, field=name, key=row["key"])


def check_targets(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    hidden = facts.hidden_targets
    for section in PROSE:
        for target in sorted(richtext.trend_links(snapshot[section]["text"]) & hidden.keys()):
            message = f"{LABELS[section]} links to “{hidden[target]}”, which is not public."
            yield issue("target-hidden", section, message, field="text")
    for row in snapshot["related"]["rows"]:
        if row["target"] in hidden:
            message = f"“{hidden[row['target']]}” is not public."
            yield issue("target-hidden", "related", message, field="target", key=row["key"])
