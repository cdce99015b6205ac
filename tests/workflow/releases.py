"""Releases of pieces that are ready."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from tests.workflow.conftest import READY, approve
from trends.models import Article, Release
from trends.models.making import make_article

HOUR = timedelta(hours=1)
NAMES = ("Pump house", "Sea wall", "Ferry dock", "Lock gate", "Fish hall")


def ready(title: str, by: User, **content: Any) -> Article:
    """An approved piece."""
    article = make_article(title, by=by, **READY | content)
    approve(article, by=by)
    return article


def release_of(*pieces: Article, by: User, start: datetime | None = None) -> Release:
    """In two hours, if no other start is given; not planned yet."""
    start = start or timezone.now() + 2 * HOUR
    release = Release.objects.create(name="Harbour day", live_from=start, created_by=by)
    release.add(pieces, by=by)
    return release
