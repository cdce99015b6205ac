"""Article: the working copy of one piece. Staff only: readers get its editions.

Editing it never changes what readers see.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .. import snapshot as plain
from .address import Address, known_as, trend_path
from .article_queries import ArticleQuerySet
from .content import Content
from .edition import Edition
from .fields import RichTextField
from .publishing import Publishing
from .recording import Recording
from .states import STATUS_OF_KIND, Stage, Status

if TYPE_CHECKING:
    pass


class Article(Content, Recording, Publishing, models.Model):
    class Kind(models.TextChoices):
        REPORT = "report"
        ANALYSIS = "analysis"
        OPINION = "opinion"
        SPONSORED = "sponsored"

    class AIUse(models.TextChoices):
        UNSTATED = "", "not stated"
        NONE = "none", "no AI"
        ASSISTED = "assisted", "AI-assisted"
        GENERATED = "generated", "AI-generated"

    title = models.CharField(max_length=200, help_text="A claim in few words, ≤ 120 characters.")
    slug = models.SlugField(max_length=120, unique=True, help_text="Last part of the address.")
    standfirst = models.TextField(
        blank=True, help_text="One or two whole sentences, 60–220 characters."
    )
    topic = models.ForeignKey(
        "Topic", on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    hero = models.ForeignKey(
        "Image", on_delete=models.PROTECT, null=True, blank=True, related_name="hero_of"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ANALYSIS)
    dateline = models.CharField(max_length=80, blank=True, help_text="Where it was filed from.")
    lede = RichTextField("headline", blank=True, help_text="The news itself.")
    context = RichTextField(blank=True, help_text="Checkable facts, dates, places.")
    analysis = RichTextField(blank=True, help_text="What we think, and why.")
    backstory = RichTextField("how we know", blank=True, help_text="How the piece was made.")
    disclosure = models.TextField(blank=True, help_text="Interests that readers should know.")
    sponsor = models.CharField(max_length=120, blank=True, help_text="Who paid for it.")
    ai_use = models.CharField("AI use", max_length=10, choices=AIUse, blank=True, default="")
    ai_note = models.CharField("AI note", max_length=300, blank=True)
    not_needed = models.JSONField(default=dict, blank=True)  # {section: reason}

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    hold_reason = models.TextField(blank=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    embargoed_until = models.DateTimeField(
        null=True, blank=True, help_text="A promise to a source: not public before."
    )
    legal_review_required = models.BooleanField(default=False)
    legal_cleared_at = models.DateTimeField(null=True, editable=False)
    legal_cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    review_by = models.DateField(
        "look again by",
        null=True,
        blank=True,
        help_text="By this day somebody should look whether it is still true.",
    )
    # The day of which the owner was told.
    review_reminded_for = models.DateField(null=True, editable=False)
    discarded_at = models.DateTimeField(null=True, editable=False)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    # Its content is erased, for law or privacy (erasing.py); this row is what remains.
    erased_at = models.DateTimeField(null=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    # Raised by each save that changes something; a form posts the one it started from.
    version = models.PositiveIntegerField(default=0, editable=False)
    # Digest of the part that readers may get; differs from the edition's: unpublished changes.
    public_digest = models.CharField(max_length=64, blank=True, editable=False)
    # Highest number ever given to a piece of evidence, so that none is given twice.
    evidence_issued = models.PositiveIntegerField(default=0, editable=False)
    legacy_id = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)
    legacy_url = models.CharField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="articles",
        editable=False,
    )
    # Who looks after it: at first whoever started it, later whom it was handed to.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="in_charge",
        editable=False,
    )
    # Key of the form that made it, so that a form sent twice makes one piece.
    form_key = models.CharField(max_length=16, null=True, blank=True, unique=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    if TYPE_CHECKING:  # on rows from with_status()
        kind_in_force: str | None
        digest_in_force: str | None
        next_start: datetime | None
        last_number: int | None  # with_last_revision()
        last_digest: str | None
        views_lately: int  # on rows from with_views()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "trend"
        ordering = ["-updated_at", "-pk"]
        indexes = [
            # The list of pieces. With what says whether one is in the bin, so that they are counted
            # without reading their texts.
            models.Index(fields=["-updated_at", "-id", "discarded_at"], name="article_desk_list"),
            # Few of many: those that wait longest first.
            models.Index(
                fields=["updated_at", "id"],
                condition=Q(stage=Stage.IN_REVIEW),
                name="article_in_review",
            ),
            # The enrichment queue, oldest piece first.
            models.Index(fields=["created_at", "id"], name="article_queue"),
            # The calendar: embargoes of some days.
            models.Index(
                fields=["embargoed_until"],
                condition=Q(embargoed_until__isnull=False),
                name="article_embargo",
            ),
            # The calendar and My desk: what is to be looked at again by some day.
            models.Index(
                fields=["review_by"],
                condition=Q(review_by__isnull=False),
                name="article_review",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, hold_reason="")
                | Q(held_at__isnull=False, held_by__isnull=False) & ~Q(hold_reason=""),
                name="article_held_pair",
            ),
            models.CheckConstraint(
                condition=Q(legal_cleared_at=None, legal_cleared_by=None)
                | Q(legal_cleared_at__isnull=False, legal_cleared_by__isnull=False),
                name="article_legal_cleared_pair",
            ),
            models.CheckConstraint(
                condition=Q(discarded_at=None, discarded_by=None)
                | Q(discarded_at__isnull=False, discarded_by__isnull=False),
                name="article_discarded_pair",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None, erased_by=None)
                | Q(erased_at__isnull=False, erased_by__isnull=False),
                name="article_erased_pair",
            ),
        ]
        permissions = [
            ("change_all_articles", "Can change every trend, not only own and assigned ones"),
            ("assign_author", "Can assign authors and publish a byline"),
            ("submit_article", "Can submit a trend for review"),
            ("approve_article", "Can approve a trend or return it"),
            ("publish_article", "Can publish, schedule and correct a trend"),
            ("retract_article", "Can retract, reinstate and remove a trend"),
            ("hold_article", "Can hold and release a trend"),
            ("discard_article", "Can discard and recover a trend"),
            ("erase_article", "Can erase the content of a trend for good"),
        ]

    def __str__(self) -> str:
        return self.title

    def check_slug(self, slug: str) -> None:
        """A slug that another piece ever had in public stays that piece's. Raises
        ValidationError; forms ask where a slug changes."""
        paths = known_as([trend_path(slug)])
        taken = Address.objects.filter(path__in=paths).exclude(article_id=self.pk)
        if taken.exists():
            message = "This slug belongs to another trend's address. Choose another one."
            raise ValidationError(message)

    def edition_in_force(self, now: datetime | None = None) -> Edition | None:
        return self.editions.in_force(now or timezone.now()).first()

    def status(self, now: datetime | None = None) -> Status:
        """Public status; without a query on rows from with_status()."""
        now = now or timezone.now()
        if self.known and self.known.now == now:
            return self.known.status
        if hasattr(self, "kind_in_force"):
            kind, planned = self.kind_in_force, bool(self.next_start)
        else:
            kind = self.editions.in_force(now).values_list("kind", flat=True).first()
            planned = kind is None and self.editions.planned(now).exists()
        if kind is not None:
            return STATUS_OF_KIND[kind]
        return Status.SCHEDULED if planned else Status.UNPUBLISHED

    def has_unpublished_changes(self, now: datetime | None = None) -> bool:
        """Readers see an older text than the desk."""
        if hasattr(self, "digest_in_force"):
            live = self.kind_in_force == Edition.Kind.CONTENT
            return live and self.digest_in_force != self.public_digest
        edition = self.edition_in_force(now)
        live = edition is not None and edition.kind == Edition.Kind.CONTENT
        return bool(live and edition and edition.digest != self.public_digest)

    def pending_sections(self) -> list[str]:
        """In reading order; without a query on rows from with_pending()."""
        if not hasattr(self, "has_lede"):
            return plain.pending(self.snapshot())
        empty = [s for s in plain.CAN_BE_PENDING if not getattr(self, f"has_{s}")]
        return [section for section in empty if not self.not_needed.get(section)]

    def may_be_changed_by(self, user: Any) -> bool:
        """Editors change every piece, writers their own and assigned ones. Nobody changes what
        is erased."""
        if self.erased_at or not user.has_perm("trends.change_article"):
            return False
        if user.has_perm("trends.change_all_articles"):
            return True
        return type(self).objects.own(user).filter(pk=self.pk).exists()
