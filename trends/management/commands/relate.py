"""`manage.py relate`: find the related trends of every live piece, or of one.

Changes nothing that an editor pinned or dropped. Works in portions and can be stopped at any time.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trends.models import Edition
from trends.models.relating import POOL, relate_all, relating


class Command(BaseCommand):
    help = "Find the related trends of all live pieces anew; what editors pinned or dropped stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--piece", metavar="SLUG", help="of this piece only, and its neighbours"
        )
        parser.add_argument(
            "--pool",
            type=int,
            default=POOL,
            metavar="PIECES",
            help="how many of the newest to look among (a thousand need half a megabyte or more); "
            "%(default)s unless you say so",
        )

    def handle(self, *, piece: str | None, pool: int, **options: Any) -> None:
        if pool < 1:
            raise CommandError("--pool must be at least 1.")
        if piece is not None:
            return self._one(piece)
        done, changed = relate_all(timezone.now(), pool_size=pool, say=self.stdout.write)
        self.stdout.write(f"{done} pieces, {changed} with other related trends than before.")

    def _one(self, slug: str) -> None:
        now = timezone.now()
        edition = Edition.objects.live(now).called(slug).first()
        write = relating(edition.article_id, now) if edition else None
        if edition is None or write is None:
            raise CommandError(f"Readers have no piece with the slug {slug!r}. See its address.")
        write()
        self.stdout.write(f"Done: {edition.title}")
