"""`manage.py reset_two_factor NAME`: for the Administrator who lost the own phone."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trends.models import Access, two_factor


class Command(BaseCommand):
    help = (
        "Take two-factor login off an account and end its sessions: it gets in with the password "
        "alone until it is set up again. Colleagues are reset in the desk's list of users."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the account logs in with")

    def handle(self, *, name: str, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account {name}: the desk lists them under Users.")
        if not two_factor.has(user):
            raise CommandError(f"{name} has no two-factor login, or NEWSROOM_TWO_FACTOR is off.")
        two_factor.reset(user)
        Access.objects.note(
            Access.Kind.TWO_FACTOR, now=timezone.now(), name=name.casefold(),
            detail="reset by manage.py",
        )  # fmt: skip
        self.stdout.write(f"{name} gets in with the password alone now.")
