"""Rules for the piece as a whole, and what is pending in it."""

from collections.abc import Iterator

from ..snapshot import LABELS, PROSE, Snapshot, pending
from .facts import Facts
from .issues import PIECE, Issue, issue


def check_pending(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    for section in pending(snapshot):
        if section != "lede":  # without the news there is no piece: lede-empty
            code = f"{section.replace('_', '-')}-pending"
            field = "text" if section in PROSE else ""
            yield issue(code, section, f"{LABELS[section]}: still to come.", field=field)


def check_permission(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    """Whether it may go live at all, and at that time."""
    if facts.held:
        reason = f": {facts.hold_reason.rstrip('.')}" if facts.hold_reason else ""
        yield issue("held", PIECE, f"The piece is on hold{reason}.")
    if facts.embargoed_until and facts.begins and facts.begins < facts.embargoed_until:
        until = f"{facts.embargoed_until:%Y-%m-%d %H:%M %Z}".strip()
        yield issue("embargo", PIECE, f"The embargo ends at {until}, after it would go live.")
    if facts.legal_review_required and not facts.legal_review_cleared:
        yield issue("legal-review", PIECE, "Legal review is asked for and not cleared.")
    if facts.legal_review_required and facts.open_legal_notes:
        count = _notes(facts.open_legal_notes, "legal note")
        yield issue("legal-note", PIECE, f"Legal review is asked for, and {count} open.")


def check_surroundings(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    if facts.near_duplicate:
        message = f"The live piece “{facts.near_duplicate}” is nearly the same."
        yield issue("near-duplicate", PIECE, message)
    if facts.open_notes:
        yield issue("open-notes", PIECE, f"{_notes(facts.open_notes, 'note')} open.")
    for title in facts.retracted_citations:
        yield issue("cites-retracted", PIECE, f"“{title}”, which it cites, was retracted.")


def _notes(count: int, what: str) -> str:
    return f"1 {what} is" if count == 1 else f"{count} {what}s are"
