"""Topic: what a piece is about, for readers. Its name is the label above the title."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from ..paths import path_to


class TopicQuerySet(models.QuerySet["Topic"]):
    def current(self) -> Self:
        """Without those that became part of another one."""
        return self.filter(merged_into=None)

    def with_pins(self, now: datetime) -> Self:
        """Adds `pin_count`: pins of its page that are not over."""
        not_over = Q(pins__ends_at=None) | Q(pins__ends_at__gt=now)
        return self.annotate(pin_count=Count("pins", filter=not_over))

    def after_slug(self, slug: str) -> Self:
        """By slug, from the one that follows; "" for all."""
        return self.filter(slug__gt=slug).order_by("slug")

    def formerly(self, slug: str) -> Self:
        """The topic that took over the page with that slug."""
        return self.filter(Exists(Topic.objects.filter(merged_into=OuterRef("pk"), slug=slug)))


class Topic(models.Model):
    class Ages(models.IntegerChoices):
        """Months without an update or a check after which a piece says how old it is."""

        QUARTER = 3, "three months"
        HALF = 6, "half a year"
        YEAR = 12, "a year"
        TWO = 24, "two years"
        FIVE = 60, "five years"
        NEVER = 0, "never"

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.TextField(
        blank=True, help_text="One or two sentences under the name on the topic's page."
    )
    ages_after = models.PositiveSmallIntegerField(
        "gets old after",
        choices=Ages,
        default=Ages.YEAR,
        help_text="Pages that nobody has updated or checked for so long say that they are old.",
    )
    # A topic that became part of another one: the row stays for its address and old texts.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged", editable=False
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("topic", self.slug)

    @property
    def span(self) -> timedelta | None:
        """How long its pieces stay young; None for ever."""
        return span_of(self.ages_after)


def span_of(months: int) -> timedelta | None:
    return timedelta(days=months * 365 // 12) if months else None
