"""What the desk says of a verb: before it, what it does; after it, what was done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from ..models import Edition
from ..models.releasing import STOPPED_BY
from .steps import PUBLISH_NOW
from .times import moment_in_words

SAID = {
    "submit": "Submitted for review.",
    "return_to_writer": "Returned to the writer.",
    "approve": "Approved.",
    PUBLISH_NOW: "Published.",
    "publish": "Published.",
    "cancel_schedule": "Nothing is scheduled any more.",
    "correct": "The correction is published.",
    "undo": "Undone. Readers never saw it.",
    "retract": "Retracted. Readers find the notice.",
    "reinstate": "Reinstated. The page says so.",
    "remove": "Removed. Readers get “gone”.",
    "confirm": "Checked. Readers see the day.",
    "hold": "On hold. Nothing of it will be published.",
    "release": "Released.",
    "discard": "Put into the bin.",
    "recover": "Taken out of the bin.",
}
EXPLAINED = {
    "correct": "Readers get the fix and the words about it: on the page, in the list of "
    "corrections and in its feed.",
    "undo": "What was published a moment ago is taken back before readers see it.",
    "retract": "The text leaves the site. Its address answers with the title and your notice, so "
    "that whoever read it learns why it is gone. It can be reinstated.",
    "reinstate": "Readers get the text back that stood before, and a line that says so.",
    "remove": "For law or privacy only. The address answers “410 Gone” for good: no title, no "
    "notice, no text, and search engines forget it. This can't be undone. To tell "
    "readers why it is gone, retract it instead.",
    "confirm": "You have looked whether all of it is still true, and it is. Readers are told the "
    "day, and it no longer counts as old.",
    "hold": "Nothing of it is published until it is released; what is planned is cancelled. What "
    "readers see already stays.",
    "discard": "The bin keeps it with all its revisions; it can be taken out again.",
}


def explanation(verb: str, held: Sequence[Edition] = ()) -> str:
    """What a verb does, where its name doesn't say it all. held: planned editions that belong to
    a release."""
    if held and verb in STOPPED_BY:
        name = held[0].release
        all_of_it = f"It is part of the release “{name}”: this stops all of it."
        return f"{all_of_it} {EXPLAINED.get(verb, '')}".strip()
    seconds = settings.NEWSROOM_PUBLISH_GRACE
    if verb in (PUBLISH_NOW, "publish") and seconds:
        unit = "second" if seconds == 1 else "seconds"
        return f"Readers see it {seconds} {unit} later; until then you can undo it."
    return EXPLAINED.get(verb, "")


def said(verb: str, given: dict[str, Any], now: datetime) -> str:
    """What was done, in a sentence; a chosen moment as people say it."""
    at = given.get("live_from")
    if at is None:
        return SAID[verb]
    did = "Scheduled for" if verb == "schedule" else "Moved to"
    return f"{did} {moment_in_words(at, now)}."
