"""`manage.py demo`: load the demo newsroom once, or say where it is; `--reset` empties it."""

import signal
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from trends.demo import accounts, made
from trends.demo.load import AlreadyThere, load
from trends.demo.reset import Removed, edited_since, reset
from trends.models.address import trend_path

# What to look at first, by the story's key.
TOUR = {
    "cooling-leases": "with everything, and an update",
    "openai-foxconn": "pending, nobody assigned",
    "glass-yield": "corrected; disputed and withdrawn evidence",
    "island-battery": "live, with its next text scheduled",
    "signing-keys": "paid for by a sponsor",
    "osmundrey-letter": "retracted, with a notice",
    "pupil-timetables": "removed: 410, nothing remains",
}


class Command(BaseCommand):
    help = "Load the demo newsroom: invented people, companies and trends in every state."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reset", action="store_true", help="remove what the demo made")
        parser.add_argument("--no-input", action="store_true", help="do not ask before that")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reset"]:
            self.empty(ask=not options["no_input"])
            return
        if made.articles().exists():
            self.say("The demo newsroom is here already; nothing was changed.")
        else:
            self.load()
        self.stdout.write("\n".join(["", *addresses(), "", *who_can_log_in(), ""]))

    def load(self) -> None:
        began = monotonic()
        try:
            with ended_as_by_hand():
                load(now=timezone.now(), passwords_file=passwords_file(), say=self.say)
        except AlreadyThere:
            self.say("Somebody else has just loaded the demo newsroom; nothing was changed.")
            return
        except KeyboardInterrupt:
            raise CommandError("Stopped: nothing was loaded.", returncode=130) from None
        self.say(f"The demo newsroom is loaded, in {monotonic() - began:.0f} seconds.")

    def empty(self, *, ask: bool) -> None:
        if not made.articles().exists() and not made.log().exists():
            self.say("There is no demo newsroom here; nothing was changed.")
            return
        self.say(f"This removes {warning()}.")
        if ask and not is_meant():
            raise CommandError("Stopped: the demo newsroom is as it was.")
        removed = reset()
        accounts.forget_gone(passwords_file())
        for line in summary(removed):
            self.say(line)

    def say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()


def is_meant() -> bool:
    try:
        return input("  Type yes to go on: ").strip().lower() == "yes"
    except EOFError:  # nobody is there to answer
        return False


@contextmanager
def ended_as_by_hand() -> Iterator[None]:
    """SIGTERM counts as Ctrl-C here, so that files which are written already go again."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def passwords_file() -> Path:
    return Path(settings.DATA_DIR) / "demo-accounts.txt"


def addresses() -> list[str]:
    """The site, the desk, and the trends worth seeing first."""
    base, articles = settings.NEWSROOM_BASE_URL, made.by_key()
    seen = {key: text for key, text in TOUR.items() if key in articles}
    return [
        f"  Site   {base}/",
        f"  Admin  {base}{reverse('admin:index')}",
        *(f"         {base}{trend_path(articles[key].slug)}  {seen[key]}" for key in seen),
    ]


def who_can_log_in() -> list[str]:
    """The demo's accounts with their passwords, as far as this machine knows them."""
    path = passwords_file()
    lines = [f"  {line}" for line in accounts.described(accounts.kept(path))]
    if lines:
        return [f"  Accounts, with their passwords (kept in {path}):", *lines]
    return [
        f"  The passwords of the demo's accounts are not in {path} any more.",
        "  Set a new one: manage.py changepassword ACCOUNT",
    ]


def warning() -> str:
    text = f"{made.articles().count()} trends, their pictures, authors, topics and accounts"
    edited = edited_since()
    return f"{text}. {edited} of the trends were edited since they were loaded" if edited else text


def summary(removed: Removed) -> list[str]:
    """What went, what stayed, and what that means for whoever wants to log in."""
    counts = ", ".join(
        f"{count} {name}{'s' * (count != 1)}" for name, count in removed.counts.items()
    )
    lines = [f"Removed: {counts or 'nothing'}."]
    if removed.kept:
        lines.append(f"Kept, since your own work uses it: {', '.join(removed.kept)}.")
    if not User.objects.filter(is_superuser=True, is_active=True).exists():
        lines.append("Nobody can administer the site now: manage.py createsuperuser makes one.")
    return lines
