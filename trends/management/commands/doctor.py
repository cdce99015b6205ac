"""`manage.py doctor`: what readiness finds in the pieces of the site.

`--json` writes one object: {"checked": 2, "blocked": 1, "pieces": [piece …], "rules": [rule …]}
    piece: {"id", "slug", "title", "place": "live" | "draft", "issues": [issue …]}, those with any
    issue: {"code", "level", "section", "field", "key", "message", "hint"}
    rule:  {"code", "level", "about", "pieces"}, what blocks first, then most pieces first
Names may be added; none will change its meaning.
"""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trends.models.health import Checked, check_drafts, check_live
from trends.readiness import RULES, Issue, Level

ISSUE = ("code", "level", "section", "field", "key", "message", "hint")


class Command(BaseCommand):
    help = (
        "What readiness finds in live pieces, by piece and by rule. Ends with 0 when nothing "
        "blocks, with 1 when something does, with 2 when it was called wrongly."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"epilog": __doc__, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--drafts", action="store_true", help="pieces that are not live, too")
        parser.add_argument("--json", action="store_true", dest="as_json", help="one JSON object")
        parser.add_argument(
            "--rule", action="append", choices=sorted(RULES), metavar="CODE",
            help="only this rule; may be given more than once (docs/readiness.md lists them)",
        )  # fmt: skip
        parser.add_argument("--level", choices=["block", "warn"], help="only what has this level")

    def handle(self, *, drafts: bool, as_json: bool, **options: Any) -> None:
        self.rules, self.level = options["rule"], options["level"]
        self.checked = self.blocked = 0
        self.pieces: Counter[tuple[str, str]] = Counter()  # (code, level) → pieces
        found = self._chosen(drafts)
        if as_json:
            self._write_json(found)
        else:
            self._write_text(found)
        if self.blocked:
            what = "piece has" if self.blocked == 1 else "pieces have"
            raise CommandError(f"{self.blocked} {what} faults that block.", returncode=1)

    def _chosen(self, drafts: bool) -> Iterator[Checked]:
        """Pieces with something found that was asked for; one at a time, however many."""
        now, levels = timezone.now(), settings.NEWSROOM_READINESS_LEVELS
        for one in chain(check_live(now, levels), check_drafts(now, levels) if drafts else ()):
            issues = [issue for issue in one.issues if self._is_asked_for(issue)]
            chosen = Checked(one.article, one.is_live, issues)
            self.checked += 1
            self.blocked += chosen.blocks
            self.pieces.update({(issue.code, issue.level) for issue in issues})
            if issues:
                yield chosen

    def _is_asked_for(self, issue: Issue) -> bool:
        return (not self.rules or issue.code in self.rules) and self.level in (None, issue.level)

    def _write_text(self, found: Iterator[Checked]) -> None:
        for one in found:
            place = "" if one.is_live else " (draft)"
            self.stdout.write(f"{one.article.pk} {one.article.title}{place}")
            for issue in one.issues:
                self.stdout.write(f"  {issue.level:5}  {issue.code}: {issue.message}")
        if self.pieces:
            self.stdout.write("")
        for rule in self._by_rule():
            line = f"{rule['pieces']:6}  {rule['level']:5}  {rule['code']}: {rule['about']}"
            self.stdout.write(line)
        self.stdout.write(f"{self.checked} pieces checked.")

    def _write_json(self, found: Iterator[Checked]) -> None:
        """Piece by piece, so that a large site needs no more memory than a small one."""
        self.stdout.write('{"pieces": [')
        for count, one in enumerate(found):
            self.stdout.write(f"{',' if count else ''}{json.dumps(_as_plain(one))}")
        sums = {"rules": self._by_rule(), "checked": self.checked, "blocked": self.blocked}
        self.stdout.write(f"],{json.dumps(sums)[1:]}")

    def _by_rule(self) -> list[dict[str, Any]]:
        order = sorted(self.pieces.items(), key=lambda item: (item[0][1] != Level.BLOCK, -item[1]))
        return [
            {"code": code, "level": str(level), "about": RULES[code].about, "pieces": count}
            for (code, level), count in order
        ]


def _as_plain(one: Checked) -> dict[str, Any]:
    article = one.article
    return {
        "id": article.pk, "slug": article.slug, "title": article.title,
        "place": "live" if one.is_live else "draft",
        "issues": [{name: str(getattr(issue, name)) for name in ISSUE} for issue in one.issues],
    }  # fmt: skip
