"""`manage.py repress`: renew the HTML of editions that an older renderer pressed.

Only what is derived changes: content, dates and digest of an edition stay.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trends import press
from trends.models import Edition

DERIVED = ["html", "backlinks", "text", "words", "renderer"]


class Command(BaseCommand):
    help = "Renew the HTML of editions that an older version of this software pressed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="those of this version, too")

    def handle(self, **options: Any) -> None:
        editions = Edition.objects.filter(kind=Edition.Kind.CONTENT)
        if not options["all"]:
            editions = editions.exclude(renderer=press.RENDERER)
        total = editions.count()
        for count, edition in enumerate(editions.iterator(chunk_size=100), start=1):
            edition.absorb(edition.content)
            edition.save(update_fields=DERIVED)
            if count % 100 == 0:
                self.stdout.write(f"{count}/{total}")
        self.stdout.write(f"{total} editions renewed.")
