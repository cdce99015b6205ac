"""`manage.py check_media`: the files of the picture library against its rows, both ways."""

from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trends.models import FileDeletion, Image
from trends.models.library_audit import Audit, audit
from trends.models.picture_files import Stale
from trends.renditions import BadPicture


class Command(BaseCommand):
    help = (
        "Look for files without a picture, pictures without their files, and files that must not "
        "be public any more. Ends with an error when there are any."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="put in order what can be")

    def handle(self, *, repair: bool, verbosity: int, **options: Any) -> None:
        found = audit(timezone.now())
        if repair and not found.is_clean:
            self._repair(found)
            found = audit(timezone.now())
        self._report(found)
        if verbosity:  # without, cron has nothing to say while all is well
            self._add(found)
        if not found.is_clean:
            hint = "" if repair else " Run it with --repair."
            raise CommandError(f"The library is not in order.{hint}")

    def _repair(self, found: Audit) -> None:
        for alias, name in found.unknown:
            storages[alias].delete(name)
            self.stdout.write(f"deleted {alias}: {name}")
        for image in found.too_public:
            self._try(image, image.withdraw, "public files withdrawn")
        for image in found.lacking:
            self._try(image, image.remake, "renditions made")
        while FileDeletion.objects.sweep(timezone.now()):
            pass

    def _try(self, image: Image, repair: Any, done: str) -> None:
        try:
            repair()
        except (BadPicture, Stale, OSError) as error:
            self.stderr.write(f"picture {image.pk} “{image}”: {error}")
        else:
            self.stdout.write(f"picture {image.pk} “{image}”: {done}")

    def _report(self, found: Audit) -> None:
        say = self.stdout.write
        for image in found.without_master:
            say(f"picture {image.pk} “{image}” has lost its original: upload it again")
        for image in found.too_public:
            say(f"picture {image.pk} “{image}” must not be public, and its files are")
        for image in found.lacking:
            say(f"picture {image.pk} “{image}” lacks renditions, or they are out of date")
        for alias, name in found.unknown:
            say(f"{alias}: {name} belongs to no picture")
        if found.due:
            say(f"{found.due} files are due to be deleted")

    def _add(self, found: Audit) -> None:
        for alias, name in found.foreign:
            self.stdout.write(f"{alias}: {name} is not the library's; left alone")
        self.stdout.write(f"{found.waiting} files wait to be deleted later")
        if found.is_clean:
            self.stdout.write("The library is in order.")
