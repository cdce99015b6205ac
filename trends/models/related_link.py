"""RelatedLink: an "Also Read", either another article or an outside page."""

from django.db import models
from django.db.models import F, Q

from .fields import SafeURLField
from .row import Row


class RelatedLink(Row):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey(
        "Article",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="linked_from",
        help_text="Another trend. Shown as soon as it is public.",
    )
    url = SafeURLField("address", blank=True, help_text="Or an outside page.")
    label = models.CharField(
        max_length=200, blank=True, help_text="Empty: the title of the trend in force."
    )

    class Meta(Row.Meta):
        constraints = [
            *Row.Meta.constraints,
            # A link leads to one place. An import may know no more than a label: then to none.
            models.CheckConstraint(
                condition=(Q(target=None) & ~Q(url=""))
                | (Q(target__isnull=False) & Q(url=""))
                | (Q(target=None) & Q(url="") & ~Q(label="")),
                name="relatedlink_one_target",
                violation_error_message="Select a trend or enter an address, not both.",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | ~Q(target=F("article")),
                name="relatedlink_not_itself",
                violation_error_message="A piece can't link to itself. Select another trend.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.url or str(self.target)

    @property
    def is_whole(self) -> bool:
        return bool(self.target_id or self.url or self.label)
