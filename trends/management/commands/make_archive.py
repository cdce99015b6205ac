"""`manage.py make_archive N`: fill a database with invented published trends, to measure with.

The same number always gives the same piece, so that two runs can be compared.
"""

from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from trends.demo import archive

STEP = 5000  # pieces between two lines of progress


class Command(BaseCommand):
    help = "Add invented published trends, thousands in a minute, to measure how the site copes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("count", type=int, metavar="N", help="how many to add")
        parser.add_argument(
            "--yes", action="store_true", help="also where there are pieces of people's own"
        )

    def handle(self, *, count: int, yes: bool, **options: Any) -> None:
        if count < 1:
            raise CommandError("N must be at least 1.")
        if archive.has_others() and not yes:
            raise CommandError(
                "This site holds pieces of people's own, and what is added can't be told from "
                "them by readers. Use another database (DATABASE_URL), or say --yes."
            )
        began = monotonic()
        try:
            self.make(count)
        except LookupError as error:
            raise CommandError(f"{error}. Begin with an empty database.") from error
        if connection.vendor == "postgresql":
            # As it does by itself, but a while later. Until then searches read what was added last
            # word by word, and no index answers alone.
            with connection.cursor() as cursor:
                in_tests = connection.in_atomic_block  # where nothing can be cleaned up
                cursor.execute("ANALYZE" if in_tests else "VACUUM ANALYZE")
        self.stdout.write(
            f"{archive.pieces()} invented trends are here; {count} made in "
            f"{monotonic() - began:.0f} seconds. Related trends: manage.py relate."
        )

    def make(self, count: int) -> None:
        told = 0
        for done in archive.make(count, timezone.now()):
            if done - told >= STEP or done == count:
                told = done
                self.stdout.write(f"{done} of {count}")
                self.stdout.flush()
