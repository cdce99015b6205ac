"""Rules for sections made of rows: Key Points, Actions, Author, Also Read."""

from collections.abc import Iterator

from .. import richtext
from ..snapshot import Snapshot
from .facts import Facts
from .issues import Issue, issue
from .passages import folded

KEY_POINTS_MAX, ACTIONS_MAX = 5, 4
KEY_POINT_MIN, KEY_POINT_MAX = 40, 200  # characters


def check_key_points(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    count = len(snapshot["key_points"]["rows"])
    if count == 1:
        yield issue("key-points-few", "key_points", "There is only one key point.")
    if count > KEY_POINTS_MAX:
        yield issue("key-points-many", "key_points", f"There are {count} key points.")
    seen: set[str] = set()
    for row in snapshot["key_points"]["rows"]:
        for code, message in _check_key_point(snapshot, row["text"], seen):
            yield issue(code, "key_points", message, field="text", key=row["key"])


def _check_key_point(snapshot: Snapshot, text: str, seen: set[str]) -> Iterator[tuple[str, str]]:
    words = richtext.CITATION.sub("", text).strip()
    name = f"“{words[:40]}”"
    if folded(words) in seen:
        yield "key-point-duplicate", f"Another key point says {name} too."
    seen.add(folded(words))
    if not KEY_POINT_MIN <= len(words) <= KEY_POINT_MAX:
        yield "key-point-length", f"{name} has {len(words)} characters."
    if snapshot["evidence"]["rows"] and not richtext.cited(text):
        yield "key-point-uncited", f"{name} cites no evidence."


def check_actions(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    rows = snapshot["actions"]["rows"]
    if len(rows) > ACTIONS_MAX:
        yield issue("actions-many", "actions", f"There are {len(rows)} actions.")
    today = facts.now.date().isoformat() if facts.now else ""
    for row in rows:
        if row["review_on"] and row["review_on"] < today:
            message = f"“{row['text'][:40]}” was to be reviewed on {row['review_on']}."
            yield issue(
                "action-review-passed", "actions", message, field="review_on", key=row["key"]
            )


def check_author(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    for name in facts.unresolved_authors:
        yield issue("author-unresolved", "author", f"The imported author “{name}” is unknown.")
    for name in facts.authors_without_page:
        yield issue("author-no-page", "author", f"The page of {name} has no text.")


def check_related(snapshot: Snapshot, facts: Facts) -> Iterator[Issue]:
    rows = snapshot["related"]["rows"]
    if not rows and not snapshot["related"]["not_needed"]:
        yield issue("related-missing", "related", "There is no Also Read link.")
    for row in rows:
        if facts.article_id is not None and row["target"] == facts.article_id:
            message = "An Also Read link leads to the piece itself."
            yield issue("related-self", "related", message, field="target", key=row["key"])
        if not (row["target"] or row["url"]):
            message = f"“{row['label']}” leads nowhere yet, so readers don't get it."
            yield issue("related-unresolved", "related", message, field="target", key=row["key"])
        if row["url"] in facts.dead_urls:
            message = f"{row['url']} is dead."
            yield issue("related-dead", "related", message, field="url", key=row["key"])
