"""The two axes of a piece: the stage of the working copy, and the public status."""

from django.db import models

from .edition import Edition


class Stage(models.TextChoices):
    """Where the working copy is on the desk. Stored."""

    DRAFT = "draft"
    IN_REVIEW = "in_review", "in review"
    APPROVED = "approved"


class Status(models.TextChoices):
    """What readers get now. Derived from the editions and the clock, never stored."""

    UNPUBLISHED = "unpublished"
    SCHEDULED = "scheduled"
    LIVE = "live"
    RETRACTED = "retracted"
    REMOVED = "removed"
    ENDED = "ended"


NOT_PUBLIC_YET = {Status.UNPUBLISHED, Status.SCHEDULED}
STATUS_OF_KIND: dict[str, Status] = {
    Edition.Kind.CONTENT: Status.LIVE,
    Edition.Kind.RETRACTION: Status.RETRACTED,
    Edition.Kind.REMOVAL: Status.REMOVED,
    Edition.Kind.END: Status.ENDED,
}
