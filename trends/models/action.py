"""Action: what a given reader can do now."""

from django.db import models

from .row import Row


class Action(Row):
    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="actions")
    audience = models.CharField(max_length=80, blank=True, help_text="Who: “Network planners”.")
    text = models.CharField(max_length=300, help_text="What to do, beginning with a verb.")
    timing = models.CharField(max_length=80, blank=True, help_text="When: “before June”.")
    review_on = models.DateField(null=True, blank=True, help_text="Look at it again on this day.")

    def __str__(self) -> str:
        return self.text
