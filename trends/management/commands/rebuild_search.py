"""`manage.py rebuild_search`: write the search index anew, while the site runs.

The index follows the editions by itself. This is for what happened without the database's
triggers (a restore of single tables), and it drops what newer texts have replaced.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from trends.models import Edition, invalidation, search_index

STEP = 5000  # editions between two lines of progress


class Command(BaseCommand):
    help = "Write the search index anew, in small transactions, or compare it with the editions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; say what differs, and exit 1"
        )

    def handle(self, *, check: bool, **_: Any) -> None:
        if check:
            return self.compare()
        if search_index.install(connection):
            self.stdout.write("The index was not whole: made anew.")
        last = Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for come_to in search_index.renew(connection, last, timezone.now()):
            if come_to % STEP < search_index.BATCH or come_to == last:
                self.stdout.write(f"edition {come_to} of {last}")
        invalidation.note(connection)
        self.stdout.write("The search index is written anew.")

    def compare(self) -> None:
        if missing := search_index.missing(connection):
            raise CommandError(
                f"Missing: {', '.join(sorted(missing))}. Run `manage.py migrate` to make it."
            )
        wrong, lost = search_index.differences(connection, timezone.now())
        for words, ids in (("not as published", wrong), ("not published", lost)):
            if ids:
                shown = ", ".join(map(str, ids[:20])) + " …" * (len(ids) > 20)
                self.stdout.write(f"{len(ids)} {words}: editions {shown}")
        if wrong or lost:
            raise CommandError("The index differs. Run `manage.py rebuild_search`.")
        self.stdout.write("The index holds what the editions say.")
