"""Pin: an editor's wish that a piece stands in a slot of the front page or of a topic's page.

It is a plan, not content, and holds for a time. Two pins may want one slot: of those whose piece
readers may get, the one that began last has it. So breaking news goes over a pin that runs all
week, and when it ends the other one is back; nobody has to end anything first.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q

from .edition_queries import EditionQuerySet
from .topic import Topic

FRONT_PAGE = "Front page"
TAKEN = (
    "Another pin of this slot begins at the same moment. Choose another time, or change that pin."
)


def place_name(topic: Topic | None) -> str:
    return f"Page of {topic}" if topic else FRONT_PAGE


class PinQuerySet(models.QuerySet["Pin"]):
    def on(self, topic: Topic | None) -> Self:
        """Of a topic's page; None is the front page."""
        return self.filter(topic=topic)

    def running(self, now: datetime) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)

    def not_over(self, now: datetime) -> Self:
        """Running and planned ones."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=now))

    def in_force(self, live: EditionQuerySet, now: datetime) -> Self:
        """Those that have their slot. `live`: the editions that the page may show. Asks for
        pins and editions alone, since public pages ask it."""
        pins = self.running(now).filter(Exists(live.filter(article_id=OuterRef("article_id"))))
        later = pins.filter(slot=OuterRef("slot"), starts_at__gt=OuterRef("starts_at"))
        return pins.exclude(Exists(later))

    def put(self, pins: Iterable["Pin"], *, by: Any, now: datetime) -> None:
        """Make or change pins, all or none, and record each with its piece.

        A piece that is pinned in that slot already has one pin there, not two. Raises
        ValidationError where another piece begins there at the same moment.
        """
        try:
            with transaction.atomic():
                for pin in pins:
                    pin.by, pin.at = by, now
                    pin.pk = pin.pk or self._same(pin, now)
                    pin.save()
                    pin.article.record("pin", by=by, now=now, details=pin.facts())
        except IntegrityError:
            raise ValidationError(TAKEN, code="taken") from None

    def _same(self, pin: "Pin", now: datetime) -> int | None:
        """The id of a pin that a new one takes the place of: a form sent twice, or a second
        thought about its end."""
        theirs = self.on(pin.topic).filter(slot=pin.slot, article=pin.article)
        same = Q(starts_at=pin.starts_at)
        if pin.starts_at <= now:
            same |= Q(pk__in=theirs.running(now))
        return theirs.filter(same).values_list("pk", flat=True).first()


class Pin(models.Model):
    class Slot(models.IntegerChoices):
        """In the order in which a page fills them."""

        LEAD = 0, "Lead"
        SECOND_1 = 1, "Secondary 1"
        SECOND_2 = 2, "Secondary 2"
        SECOND_3 = 3, "Secondary 3"

    topic = models.ForeignKey(
        "Topic", on_delete=models.CASCADE, null=True, related_name="pins"
    )  # null: the front page
    slot = models.PositiveSmallIntegerField(choices=Slot)
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="pins")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # null: until somebody unpins it
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = PinQuerySet.as_manager()

    class Meta:
        ordering = ["slot", "-starts_at"]
        default_permissions = ()
        permissions = [("pin_article", "Can pin trends to the front page and to topic pages")]
        constraints = [
            models.CheckConstraint(condition=Q(slot__lte=3), name="pin_slot_known"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="pin_ends_after_start",
            ),
            # So that "the one that began last" is always one. Also the index of a page's pins.
            models.UniqueConstraint(
                fields=["slot", "starts_at"], condition=Q(topic=None), name="pin_one_start_front"
            ),
            models.UniqueConstraint(
                fields=["topic", "slot", "starts_at"],
                condition=Q(topic__isnull=False),
                name="pin_one_start_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"{place_name(self.topic)}, {self.get_slot_display()}"

    def unpin(self, *, by: Any, now: datetime) -> None:
        """The slot is free again; what happened stays with the piece."""
        with transaction.atomic():
            self.article.record("unpin", by=by, now=now, details=self.facts())
            self.delete()

    def facts(self) -> dict[str, Any]:
        """What its transitions record."""
        return {
            "pin": str(self),
            "pin_from": self.starts_at.isoformat(),
            "pin_until": self.ends_at.isoformat() if self.ends_at else "",
        }
