"""Rules for what stands above the text: title, standfirst, facts of the piece."""

from collections.abc import Iterator

from .. import richtext
from ..snapshot import Snapshot
from ..text import glued_label, is_cut, one_line, split_sentences
from .facts import Facts
from .issues import Issue, issue
from .passages import folded

TITLE_MAX = 110
CAPITALS_MIN = 3  # words; fewer may be names: "NVIDIA Q3"
STANDFIRST_MIN, STANDFIRST_MAX = 60, 220


def check_title(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    title = one_line(snapshot["head"]["title"])
    if not title:
        yield _title("title-empty", "The title is empty.")
        return
    if label := glued_label(title):
        yield _title("title-label", f"“{label}” is glued to the title.")
    if len(title) > TITLE_MAX:
        yield _title("title-long", f"The title has {len(title)} characters.")
    if _ends_with_full_stop(title):
        yield _title("title-full-stop", "The title ends with a full stop.")
    if title.isupper() and len(title.split()) >= CAPITALS_MIN:
        yield _title("title-capitals", "The title is all capitals.")


def _title(code: str, message: str) -> Issue:
    return issue(code, "head", message, field="title")


def _ends_with_full_stop(title: str) -> bool:
    """The stop of an abbreviation ("Acme Inc.") parts no sentences, so it is none."""
    if not title.endswith((".", "。")) or title.endswith(".."):
        return False
    return split_sentences(f"{title} Xerxes")[-1] == "Xerxes"


def check_standfirst(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    standfirst = one_line(snapshot["head"]["standfirst"])
    if not standfirst:
        yield _standfirst("standfirst-empty", "The standfirst is empty.")
        return
    if is_cut(standfirst):
        yield _standfirst("standfirst-cut", "The standfirst is cut off.")
    if label := glued_label(standfirst):
        yield _standfirst("standfirst-label", f"“{label}” is left in the standfirst.")
    if repeated := _repeated(snapshot, standfirst):
        yield _standfirst("standfirst-repeats", f"The standfirst repeats {repeated}.")
    if not STANDFIRST_MIN <= len(standfirst) <= STANDFIRST_MAX:
        message = f"The standfirst has {len(standfirst)} characters."
        yield _standfirst("standfirst-length", message)


def _standfirst(code: str, message: str) -> Issue:
    return issue(code, "head", message, field="standfirst")


def _repeated(snapshot: Snapshot, standfirst: str) -> str:
    said = {folded(part) for part in (standfirst, *split_sentences(standfirst))} - {""}
    if folded(snapshot["head"]["title"]) in said:
        return "the title"
    first_block = richtext.plain(snapshot["lede"]["text"]).partition("\n")[0]
    opening = split_sentences(first_block)[:1]
    return "the first sentence of the Headline" if {folded(s) for s in opening} & said else ""


def check_facts(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    head = snapshot["head"]
    if head["kind"] == "sponsored" and not head["sponsor"].strip():
        yield issue(
            "sponsor-missing", "head", "A sponsored piece names no sponsor.", field="sponsor"
        )
    if head["topic"] is None:
        yield issue("topic-missing", "head", "The piece has no topic.", field="topic")
    if not head["ai_use"]:
        yield issue("ai-use-missing", "head", "The use of AI is not stated.", field="ai_use")
