"""LinkCheck: what an outside address answered when it was last asked.

Evidence and Also Reads lead there; readiness says which links are dead. One that fails is asked
again the next day, and only what fails on several days is dead: sites have bad days, too.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..outgoing import Answer, ask
from ..snapshot import Snapshot
from .edition import Edition
from .evidence import Evidence
from .fields import SafeURLField
from .job import Job
from .related_link import RelatedLink

CHECK = "check_link"  # the kind of job; its key is the digest of the address
DAYS = 3  # on which it must have failed to be dead
AGAIN, NEXT_DAY = timedelta(days=14), timedelta(hours=20)
KEPT = timedelta(days=90)  # what nothing leads to any more
MOST = 2000  # addresses that are asked again in one day
MOST_LIVE = 2000  # pieces whose links are read from what readers see
PORTION = 200


def digest_of(url: str) -> str:
    return sha256(url.encode(errors="replace")).hexdigest()


def outside_links(content: Snapshot) -> set[str]:
    """Where a piece sends its readers, as far as nothing else does: an archived copy makes up
    for a dead source. Sources that are not named are nobody's to ask."""
    sources = [
        row["url"]
        for row in content["evidence"]["rows"]
        if row["disclosure"] == Evidence.Disclosure.NAMED and not row["archive_url"]
    ]
    return {*sources, *(row["url"] for row in content["related"]["rows"])} - {""}


def links_of_the_desk() -> set[str]:
    """The same of all working copies that are not in the bin."""
    named = Evidence.objects.filter(disclosure=Evidence.Disclosure.NAMED, archive_url="")
    found: set[str] = set()
    for rows in (named, RelatedLink.objects.all()):
        found |= set(rows.filter(article__discarded_at=None).values_list("url", flat=True))
    return found - {""}


def links_of_readers(now: datetime) -> set[str]:
    """The same of live pieces whose working copy has changed since: readers may have links that
    the desk has none of any more. Of the newest so many, few texts in memory at a time."""
    live = Edition.objects.live(now).exclude(digest=F("article__public_digest"))
    texts = live.newest_first().values_list("content", flat=True)[:MOST_LIVE]
    return set().union(*map(outside_links, texts.iterator(chunk_size=PORTION)))


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def dead_among(self, urls: Iterable[str]) -> frozenset[str]:
        digests = {digest_of(url) for url in urls}
        dead = self.filter(digest__in=digests, dead_since__isnull=False)
        return frozenset(dead.values_list("url", flat=True)) if digests else frozenset()

    def due(self, now: datetime) -> Self:
        """To be asked again, those that were asked longest ago first."""
        wavers = Q(failing_since__isnull=False, dead_since=None)
        early, late = now - NEXT_DAY, now - AGAIN
        due = Q(checked_at=None) | Q(checked_at__lte=late) | wavers & Q(checked_at__lte=early)
        return self.filter(due).order_by(F("checked_at").asc(nulls_first=True), "pk")

    def plan(self, urls: Collection[str], *, now: datetime) -> None:
        """Have addresses asked that nobody has asked yet. Three queries for each two hundred."""
        wanted = sorted(urls) if settings.NEWSROOM_LINK_CHECKS else []
        for start in range(0, len(wanted), PORTION):
            rows = {digest_of(url): url for url in wanted[start : start + PORTION]}
            known = set(self.filter(digest__in=rows).values_list("digest", flat=True))
            fresh = [LinkCheck(url=rows[digest], digest=digest) for digest in set(rows) - known]
            if fresh:
                LinkCheck.objects.bulk_create(fresh, ignore_conflicts=True)
                ask_soon([row.digest for row in fresh], now)


class LinkCheck(models.Model):
    url = SafeURLField("address")
    # SHA-256 of the address: an index on the address itself would be too long.
    digest = models.CharField(max_length=64, unique=True)
    checked_at = models.DateTimeField(null=True, db_index=True)
    status = models.PositiveSmallIntegerField(default=0)  # of the last answer; 0: there was none
    error = models.CharField(max_length=200, blank=True)
    failing_since = models.DateTimeField(null=True)
    failed_days = models.PositiveSmallIntegerField(default=0)
    dead_since = models.DateTimeField(null=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            # Dead is what failed, and failed on some day.
            models.CheckConstraint(
                condition=Q(failing_since=None, failed_days=0, dead_since=None)
                | Q(failing_since__isnull=False, failed_days__gt=0),
                name="linkcheck_failing",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    def learn(self, answer: Answer, now: datetime) -> None:
        """Take an answer in. What may be our own fault says nothing of the page."""
        is_new_day = self.checked_at is None or _day(self.checked_at) < _day(now)
        self.checked_at, self.status, self.error = now, answer.status, answer.error[:200]
        if has_failed(answer):
            self.failing_since = self.failing_since or now
            self.failed_days += is_new_day or not self.failed_days
            if self.failed_days >= DAYS:
                self.dead_since = self.failing_since
        elif not answer.is_ours:
            self.failing_since, self.failed_days, self.dead_since = None, 0, None
        self.save()


def has_failed(answer: Answer) -> bool:
    """Readers get nothing there. A site that refuses robots (401, 403, 429 …) is no dead one."""
    return not answer.is_ours and (answer.status in (0, 404, 410) or answer.status >= 500)


def ask_soon(digests: list[str], now: datetime) -> None:
    """A job each, one second after the other: they may all lead to the same site. What is
    planned already stays as it is, what was given up begins anew."""
    Job.objects.filter(kind=CHECK, key__in=digests, given_up_at__isnull=False).delete()
    jobs = [
        Job(kind=CHECK, key=digest, run_at=now + timedelta(seconds=n))
        for n, digest in enumerate(digests)
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True, batch_size=PORTION)


def check_link(key: str, payload: dict[str, Any], now: datetime) -> Callable[[], None] | None:
    """Ask one address; what is returned writes down the answer. A job; it waits for the web, so
    no transaction may be open around it."""
    link = LinkCheck.objects.filter(digest=key).first()
    if link is None or not settings.NEWSROOM_LINK_CHECKS:
        return None
    agent = f"Newsroom link check (+{settings.NEWSROOM_BASE_URL})"
    return partial(link.learn, ask(link.url, agent=agent), now)


def recheck_links(key: str, payload: dict[str, Any], now: datetime) -> None:
    """Plan the checks of a day: links that nobody asked yet, and those whose time has come. A
    daily job."""
    if not settings.NEWSROOM_LINK_CHECKS:
        return
    used = links_of_the_desk() | links_of_readers(now)
    LinkCheck.objects.plan(used, now=now)
    forget = [
        row.pk
        for row in LinkCheck.objects.filter(checked_at__lt=now - KEPT).only("url")
        if row.url not in used
    ]
    for start in range(0, len(forget), PORTION):
        LinkCheck.objects.filter(pk__in=forget[start : start + PORTION]).delete()
    due = LinkCheck.objects.due(now).values_list("digest", "url")
    ask_soon([digest for digest, url in due[: 2 * MOST] if url in used][:MOST], now)


def _day(at: datetime) -> Any:
    return timezone.localdate(at)
