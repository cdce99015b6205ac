"""SharedLink: one revision of a piece shown to somebody without an account, for some hours.

Its address holds a random token; here stands only what the token hashes to. It dies before its
hour when somebody revokes it, when the piece is put into the bin, and as soon as any edition of
the piece begins: published, corrected, retracted or removed.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from .advice import Advice
from .edition import Edition
from .notice import Notice
from .revision import Revision
from .states import Status
from .stepping import TWICE, Refused

if TYPE_CHECKING:
    from .article import Article

TOKEN_BYTES = 24  # 192 bits
LONGEST_HOURS = 14 * 24
MOST_ADVICE = 20  # of one link


def digest_of(token: str) -> str:
    """64 hex digits. No salt: nobody tries out 192 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    def of_token(self, token: str) -> Self:
        return self.filter(digest=digest_of(token))

    def open(self, now: datetime) -> Self:
        """Those that show something. The same rule as `state`, asked of the database."""
        standing = self.filter(revoked_at=None, expires_at__gt=now, article__discarded_at=None)
        return standing.exclude(Exists(_begun_since(now)))

    def with_end(self, now: datetime) -> Self:
        """Adds `ended_at`: when the first edition began after the link was made."""
        starts = _begun_since(now).order_by("live_from").values("live_from")
        return self.annotate(ended_at=Subquery(starts[:1]))

    def with_age(self) -> Self:
        """Adds `is_newest`: the piece was not saved again since."""
        newer = Revision.objects.filter(
            article=OuterRef("article"), number__gt=OuterRef("revision__number")
        )
        return self.annotate(is_newest=~Exists(newer))

    def for_page(self) -> Self:
        """With what the page of a link says, in one query."""
        return self.with_age().select_related("article", "revision").only(
            "label", "expires_at", "created_by", "article__title", "article__slug",
            "revision__number", "revision__content",
        )  # fmt: skip

    def for_desk(self, now: datetime) -> Self:
        """With all that the list of a piece's links says, in two queries."""
        rows = self.with_end(now).with_age().select_related("created_by", "revoked_by", "revision")
        return rows.defer("revision__content").prefetch_related("advice")

    def share(
        self, article: "Article", *, by: Any, label: str, hours: int, now: datetime | None = None
    ) -> tuple["SharedLink", str]:
        """A link to the last saved revision, and its token, which is kept nowhere.

        A form that was sent twice makes one link: the second answer has the token that counts.
        Raises Refused.
        """
        with article.locked(now) as at:
            revision = _shareable(article, at)
            twins = self.filter(
                article=article, revision=revision, label=label, created_by=by, opened=0,
                revoked_at=None, created_at__gte=at - TWICE,
            )  # fmt: skip
            link = twins.first() or self.model(article=article, revision=revision, label=label)
            token = secrets.token_urlsafe(TOKEN_BYTES)
            link.created_by, link.created_at = by, at
            link.expires_at, link.digest = at + timedelta(hours=hours), digest_of(token)
            link.save()
            return link, token

    def revoke(self, *, by: Any, now: datetime) -> None:
        """Revoking twice keeps the first name and time."""
        self.filter(revoked_at=None).update(revoked_at=now, revoked_by=by)


def _begun_since(now: datetime) -> Any:
    """Editions of the link's piece that began after it was made."""
    return Edition.objects.begun(now).filter(
        article=OuterRef("article"), live_from__gte=OuterRef("created_at")
    )


def _shareable(article: "Article", now: datetime) -> Revision:
    """The last revision. Raises Refused where it may not be shown or need not be."""
    standing = article.standing(now)
    if article.discarded_at:
        raise Refused("It is in the bin. Recover it first.")
    if standing.status == Status.REMOVED:
        raise Refused("It was removed for good: nothing of it may be shown to anybody.")
    live = standing.live
    if live and (live.digest, live.slug) == (article.public_digest, article.slug):
        raise Refused("Readers see this text already. Send the address that they have.")
    if standing.revision is None:
        raise Refused("Nothing of it is saved yet. Save it first.")
    return standing.revision


class SharedLink(models.Model):
    class State(models.TextChoices):
        OPEN = "open"
        REVOKED = "revoked"
        ENDED = "ended"
        EXPIRED = "expired"

    article = models.ForeignKey("Article", on_delete=models.CASCADE, related_name="shared_links")
    revision = models.ForeignKey("Revision", on_delete=models.CASCADE, related_name="shared_links")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField("for whom", max_length=80)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)  # last time

    if TYPE_CHECKING:
        ended_at: datetime | None  # on rows from with_end()
        is_newest: bool  # on rows from with_age()

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            # "Revoked" is somebody's word, given at some time.
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="sharedlink_revoked_pair",
            ),
            # None is for ever.
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="sharedlink_expires"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def state(self, now: datetime) -> "SharedLink.State":
        """What has become of it, on rows from with_end(); a bin revokes."""
        if self.revoked_at:
            return self.State.REVOKED
        if self.ended_at:
            return self.State.ENDED
        return self.State.OPEN if self.expires_at > now else self.State.EXPIRED

    def count_opening(self, now: datetime) -> None:
        type(self).objects.filter(pk=self.pk).update(opened=F("opened") + 1, opened_at=now)

    @transaction.atomic
    def advise(self, *, name: str, text: str, agrees: bool, key: str, now: datetime) -> None:
        """Keep what the reviewer says and tell who made the link. What comes twice with one key
        is kept once. Raises Refused when there is enough."""
        link = type(self).objects.select_for_update().get(pk=self.pk)
        counted = link.advice.aggregate(all=Count("pk"), same=Count("pk", Q(form_key=key)))
        if counted["same"]:
            return
        if counted["all"] >= MOST_ADVICE:
            raise Refused("This link has taken all the comments that it can. Ask for a new one.")
        advice = Advice(link=link, name=name, text=text, agrees=agrees, form_key=key, at=now)
        advice.save(force_insert=True)
        Notice.objects.tell(
            [link.created_by], Notice.Kind.ADVICE, advice.in_a_sentence(), by=None, now=now,
            article=link.article,
        )  # fmt: skip
