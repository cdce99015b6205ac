"""`manage.py housekeeping`: what the daily and hourly jobs do, for cron where no worker runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trends.models.housekeeping import tidy
from trends.models.link_check import recheck_links
from trends.models.reminding import remind_of_reviews, remind_of_rights, withdraw_pictures


class Command(BaseCommand):
    help = (
        "Delete what is past its time, as the settings say, withdraw pictures whose rights have "
        "ended, and remind of what is due. It can run as often as you like."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = "With --verbosity 0 it says nothing."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        now = timezone.now()
        for job in (withdraw_pictures, remind_of_rights, remind_of_reviews, recheck_links):
            job("", {}, now)
        for what, count in tidy(now).items():
            if verbosity:
                self.stdout.write(f"{count} {what} deleted")
