"""Evidence: one source that supports or contradicts a claim, with the exact passage.

Its number is given once within its article and never to another row; `[[E2]]` in a text means
number 2, whatever the order.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..quoting import source_key, source_stem
from .fields import SafeURLField
from .row import Row

# Rows that are looked at in search of the same source; far more than one source can have.
MOST_OF_ONE_SOURCE = 1000


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def of_source(self, url: str, *, besides: int) -> list["Evidence"]:
        """Evidence with the same source address in other pieces that are not in the bin, newest
        pieces first."""
        stem = source_stem(url)
        if not stem:
            return []
        rows = self.filter(url__contains=stem, article__discarded_at=None)
        newest = rows.exclude(article=besides).order_by("-article_id", "number")
        wanted = source_key(url)
        return [row for row in newest[:MOST_OF_ONE_SOURCE] if source_key(row.url) == wanted]


class Evidence(Row):
    class Kind(models.TextChoices):
        FILING = "filing"
        RELEASE = "release", "press release"
        DOCUMENT = "document"
        DATA = "data"
        STATEMENT = "statement"
        INTERVIEW = "interview"
        REPORT = "report"
        QUOTE = "quote", "quotation"

    class Stance(models.TextChoices):
        SUPPORTS = "supports"
        CONTRADICTS = "contradicts"
        CONTEXT = "context", "gives context"

    class Independence(models.TextChoices):
        UNKNOWN = "", "not stated"
        INDEPENDENT = "independent"
        INTERESTED = "interested", "an interested party"
        OWN = "own", "the subject's own word"

    class Verdict(models.TextChoices):
        UNCHECKED = "unchecked"
        CHECKED = "checked"
        DISPUTED = "disputed"
        WITHDRAWN = "withdrawn"

    class Disclosure(models.TextChoices):
        NAMED = "named", "named: readers see the source"
        DESCRIBED = "described", "described: the source is withheld"
        INTERNAL = "internal", "internal: never leaves the desk"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DOCUMENT)
    claim = models.CharField(max_length=400, help_text="What it shows, in one sentence.")
    excerpt = models.TextField("exact passage", blank=True)
    locator = models.CharField("where in it", max_length=120, blank=True, help_text="“p. 41”")
    source_title = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    url = SafeURLField("address", blank=True)
    archive_url = SafeURLField("archived copy", blank=True)
    dated_on = models.DateField("date of the source", null=True, blank=True)
    speaker = models.CharField(max_length=120, blank=True)
    speaker_role = models.CharField(max_length=200, blank=True)
    stance = models.CharField(max_length=12, choices=Stance, default=Stance.SUPPORTS)
    independence = models.CharField(
        max_length=12, choices=Independence, default=Independence.UNKNOWN, blank=True
    )
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.UNCHECKED)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="checked_evidence",
    )
    disclosure = models.CharField(max_length=12, choices=Disclosure, default=Disclosure.NAMED)
    private_note = models.TextField(blank=True, help_text="For the desk; never published.")

    objects = EvidenceQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name_plural = "evidence"
        constraints = [
            *Row.Meta.constraints,
            # A citation names one piece of evidence.
            models.UniqueConstraint(fields=["article", "number"], name="evidence_number_once"),
            # "Checked" is somebody's word, given at some time.
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="evidence_checked_pair",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="checked") | Q(checked_at__isnull=False),
                name="evidence_checked_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"E{self.number} {self.claim}"
