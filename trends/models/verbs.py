"""The one table of verbs: which is possible when, and who may ask for it.

docs/workflow.md shows it to people; tests/workflow/test_table.py walks every cell.
"""

from dataclasses import dataclass

from .states import Stage, Status

ANY_STAGE = frozenset(Stage)
ANY_STATUS = frozenset(Status)
NOT_REMOVED = ANY_STATUS - {Status.REMOVED}
NOT_OUT = frozenset({Status.UNPUBLISHED, Status.SCHEDULED})
PUBLISHABLE = frozenset({Status.UNPUBLISHED, Status.SCHEDULED, Status.LIVE, Status.ENDED})


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the table: when a verb is possible, and who may ask for it."""

    name: str
    label: str
    permission: str
    stages: frozenset[Stage] = ANY_STAGE
    statuses: frozenset[Status] = NOT_REMOVED
    needs_note: bool = False  # somebody must be told why
    when_held: bool = True  # a hold stops what brings content before readers
    in_bin: bool = False  # a discarded piece knows one verb only
    presses: bool = False  # makes or moves an edition: one in its grace begins first


def _table(*rows: Verb) -> dict[str, Verb]:
    return {row.name: row for row in rows}


_DRAFT, _REVIEW = frozenset({Stage.DRAFT}), frozenset({Stage.IN_REVIEW})
_APPROVED = frozenset({Stage.APPROVED})
_LIVE = frozenset({Status.LIVE})
_BEGUN = frozenset({Status.LIVE, Status.RETRACTED, Status.ENDED})

VERBS = _table(
    Verb("submit", "Submit for review", "trends.submit_article", _DRAFT),
    Verb(
        "return_to_writer", "Return to writer", "trends.approve_article",
        _REVIEW | _APPROVED, needs_note=True,
    ),
    Verb("approve", "Approve", "trends.approve_article", _REVIEW),
    Verb(
        "publish", "Publish", "trends.publish_article",
        _APPROVED, PUBLISHABLE, when_held=False, presses=True,
    ),
    Verb(
        "schedule", "Schedule", "trends.publish_article",
        _APPROVED, PUBLISHABLE, when_held=False, presses=True,
    ),
    Verb(
        "reschedule", "Reschedule", "trends.publish_article", when_held=False, presses=True
    ),
    Verb("cancel_schedule", "Cancel schedule", "trends.publish_article"),
    Verb(
        "correct", "Correct", "trends.publish_article",
        _APPROVED, _LIVE, when_held=False, presses=True,
    ),
    Verb("undo", "Undo", "trends.publish_article"),
    Verb("retract", "Retract", "trends.retract_article", statuses=_LIVE),
    Verb(
        "reinstate", "Reinstate", "trends.retract_article",
        statuses=frozenset({Status.RETRACTED, Status.ENDED}), when_held=False,
    ),
    Verb(
        "remove", "Remove", "trends.retract_article", statuses=_BEGUN, needs_note=True
    ),
    Verb("confirm", "Checked, still true", "trends.approve_article", statuses=_LIVE),
    Verb("hold", "Hold", "trends.hold_article", needs_note=True, when_held=False),
    Verb("release", "Release", "trends.hold_article"),
    Verb("discard", "Discard", "trends.discard_article", statuses=NOT_OUT),
    Verb("recover", "Recover", "trends.discard_article", statuses=NOT_OUT, in_bin=True),
)  # fmt: skip
