"""Reminders: what will not be true, or not be allowed, for ever. Each is said once.

A row is locked and marked in the transaction that tells, so two runs at once tell once.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from .article import Article
from .edition import Edition
from .editors import editors, owner_or_editors
from .file_deletion import FileDeletion
from .image import Image
from .notice import Notice

SHOWN = 5  # titles in one reminder


def remind_of_reviews(key: str, payload: dict[str, Any], now: datetime) -> None:
    """Tell owners of live pieces that the day to look again has come. A daily job."""
    untold = Q(review_reminded_for=None) | ~Q(review_reminded_for=F("review_by"))
    due = Article.objects.to_review(now).filter(untold)
    for pk in due.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            rows = Article.objects.select_for_update(of=("self",)).select_related("owner")
            article = rows.filter(untold, pk=pk).first()
            if article and article.review_by:
                _remind_of_review(article, now)


def _remind_of_review(article: Article, now: datetime) -> None:
    day = f"{article.review_by:%Y-%m-%d}"
    text = f"“{article.title}” was to be looked at again by {day}. Is all of it still true?"
    told = owner_or_editors(article.owner)
    Notice.objects.tell(told, Notice.Kind.REMINDER, text, by=None, now=now, article=article)
    Article.objects.filter(pk=article.pk).update(review_reminded_for=article.review_by)


def remind_of_rights(key: str, payload: dict[str, Any], now: datetime) -> None:
    """Tell editors that the rights of a picture in a live piece will end. A daily job."""
    today = timezone.localdate(now)
    last = today + timedelta(days=settings.NEWSROOM_RIGHTS_REMINDER)
    untold = Q(rights_reminded_for=None) | ~Q(rights_reminded_for=F("rights_expire_on"))
    ending = Image.objects.filter(untold, rights_expire_on__range=(today, last))
    for pk in ending.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            image = Image.objects.select_for_update().filter(untold, pk=pk).first()
            if image:
                _remind_of_rights(image, now)


def _remind_of_rights(image: Image, now: datetime) -> None:
    """Silent, and asked again tomorrow, while no live piece shows it."""
    shown = Edition.objects.live(now).showing(image).newest_first().select_related("article")
    found = list(shown.only("title", "article__title")[: SHOWN + 1])
    if not found:
        return
    titles = ", ".join(f"“{edition.title}”" for edition in found[:SHOWN])
    more = " and other pieces" if len(found) > SHOWN else ""
    text = (
        f"The rights in the picture “{image}” end with {image.rights_expire_on:%Y-%m-%d}; the day "
        f"after, readers no longer see it in {titles}{more}. Renew them, or select another one."
    )
    Notice.objects.tell(
        editors(), Notice.Kind.REMINDER, text, by=None, now=now, article=found[0].article
    )
    Image.objects.filter(pk=image.pk).update(rights_reminded_for=image.rights_expire_on)


def withdraw_pictures(key: str, payload: dict[str, Any], now: datetime) -> None:
    """Take the public files of pictures whose rights have ended, and delete what is due. An
    hourly job; what `check_media --repair` does for these without looking at every file."""
    Image.objects.withdraw(now)
    while FileDeletion.objects.sweep(now):
        pass
