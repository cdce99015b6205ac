"""Rules for evidence: is it sound, is it cited, whose word is it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from .. import richtext
from ..snapshot import Row, Snapshot, texts
from .facts import Facts
from .issues import Issue, issue


def check_rows(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    cited = {number for _, text in texts(snapshot) for number in richtext.cited(text)}
    for row in _public(snapshot):
        withdrawn, name = row["verdict"] == "withdrawn", f"E{row['number']}"
        if withdrawn and row["number"] in cited:
            message = f"{name} is withdrawn and still cited."
            yield _row("evidence-withdrawn", row, message, "verdict")
        if not withdrawn and row["number"] not in cited:
            yield _row("evidence-uncited", row, f"Nothing cites {name}.")
        if not withdrawn:
            yield from _check_source(row, name, facts)


def _public(snapshot: Snapshot) -> list[Row]:
    return [row for row in snapshot["evidence"]["rows"] if row["disclosure"] != "internal"]


def _row(code: str, row: Row, message: str, field: str = "") -> Issue:
    return issue(code, "evidence", message, field=field, key=row["key"])


def _check_source(row: Row, name: str, facts: Facts) -> Iterator[Issue]:
    url, archived = row.get("url"), row.get("archive_url")
    if row["disclosure"] == "named" and not (row.get("source_title") or url or archived):
        message = f"{name} names its source with neither title nor address."
        yield _row("evidence-unsourced", row, message, "source_title")
    if row["verdict"] == "checked" and row.get("checked_by") in facts.writer_ids:
        message = f"{name} was checked by a writer of the piece."
        yield _row("evidence-self-checked", row, message, "verdict")
    if url in facts.dead_urls and not archived:
        yield _row("evidence-link-dead", row, f"The link of {name} is dead.", "archive_url")


def check_weight(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    """What all evidence together is worth; no evidence at all is pending and no more."""
    if not snapshot["evidence"]["rows"]:
        return
    rows = [row for row in _public(snapshot) if row["verdict"] != "withdrawn"]
    if not any(row["verdict"] == "checked" for row in rows):
        yield issue("evidence-unchecked", "evidence", "No evidence is checked.")
    if not any(row["independence"] == "independent" for row in rows):
        yield issue("evidence-not-independent", "evidence", "No evidence is independent.")
    publishers = {_publisher(row) for row in rows}
    if len(rows) > 1 and len(publishers) == 1 and "" not in publishers:
        message = f"All evidence comes from {_publisher(rows[0])}."
        yield issue("evidence-one-publisher", "evidence", message)


def _publisher(row: Row) -> str:
    """Its name in small letters, else its host, else ""."""
    if name := row.get("publisher", "").strip():
        return str(name).casefold()
    try:
        return (urlsplit(row.get("url", "")).hostname or "").removeprefix("www.")
    except ValueError:  # link-unsafe says so
        return ""
