"""`manage.py make_renditions`: make the files that pages use, where they are missing or old."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from trends.models import Image
from trends.models.library_audit import audit
from trends.models.picture_files import Stale
from trends.renditions import BadPicture


class Command(BaseCommand):
    help = (
        "Make renditions that are missing or out of date. Each picture is done by itself, so it "
        "can be stopped at any time; the next run carries on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="those that are in order, too")
        parser.add_argument(
            "--made-before",
            type=a_moment,
            metavar="TIME",
            help="with --all: only those made before a moment, to carry on a run that was stopped",
        )

    def handle(self, *, all: bool, made_before: datetime | None, **options: Any) -> None:
        if made_before and not all:
            raise CommandError("--made-before says which of all: add --all.")
        wanted = self._all(made_before or timezone.now()) if all else self._lacking()
        failed = 0
        for count, pk in enumerate(wanted, start=1):
            problem = remake(pk)
            failed += bool(problem)
            self.stdout.write(f"{count}/{len(wanted)} picture {pk} {problem or 'made'}")
        self.stdout.write(f"{len(wanted) - failed} pictures made, {failed} failed.")
        if failed:
            raise CommandError("Some pictures could not be made: see above.")

    def _all(self, before: datetime) -> list[int]:
        moment = before.isoformat()
        self.stdout.write(f"To carry on after a stop: make_renditions --all --made-before {moment}")
        older = Q(rendered_at=None) | Q(rendered_at__lt=before)
        withheld = Image.objects.withheld(timezone.now()).values("pk")
        images = Image.objects.filter(older).exclude(pk__in=withheld)
        return list(images.order_by("pk").values_list("pk", flat=True))

    def _lacking(self) -> list[int]:
        return [image.pk for image in audit(timezone.now()).lacking]


def a_moment(value: str) -> datetime:
    found = parse_datetime(value)
    if found is None or found.tzinfo is None:
        raise ValueError(value)
    return found


def remake(pk: int) -> str:
    """Make the files of one picture; "" or why it could not be done."""
    image = Image.objects.filter(pk=pk).first()
    try:
        if image:
            image.remake()
    except Stale:  # somebody's edit was quicker, and made them
        return ""
    except (BadPicture, OSError) as error:
        return f"failed: {error}"
    return ""
