"""`manage.py import_trends FILE…`: saved pages become drafts. Never publishes."""

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from trends.legacy.audit import audit
from trends.legacy.build import Outcome, build
from trends.legacy.clean import clean, find_noise
from trends.legacy.draft import Draft, Unreadable
from trends.legacy.findings import Findings
from trends.legacy.parse import parse_page
from trends.legacy.source import read_source
from trends.models import Article

SKIPPED = "skipped"


class Command(BaseCommand):
    help = (
        "Import saved pages (text or HTML) as drafts. Importing a page again changes only what "
        "nobody edited since. Nothing is ever published."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
        parser.add_argument("--report", type=Path, metavar="JSON", help="write the report there")
        parser.add_argument("--by", metavar="USERNAME", help="who is named in the history")

    def handle(self, *, files: list[Path], by: str | None, **options: Any) -> None:
        user = self._user(by)
        titles, noise = _survey(files)
        titles |= set(Article.objects.values_list("title", flat=True))
        items = []
        for count, path in enumerate(files, start=1):
            item = _import(
                path, by=user, dry_run=options["dry_run"], known_titles=titles, noise=noise
            )
            items.append(item)
            self._tell(item, f"{count}/{len(files)}")
        self._sum_up(items, dry_run=options["dry_run"])
        if report := options["report"]:
            report.write_text(json.dumps(items, ensure_ascii=False, indent=2))
            self.stdout.write(f"Report: {report}")
        if all(item["status"] == SKIPPED for item in items):
            raise CommandError("No file could be imported. The lines above say why.")

    def _user(self, name: str | None) -> User | None:
        if not name:
            return None
        try:
            return User.objects.get(username=name)
        except User.DoesNotExist:
            raise CommandError(f"There is no account “{name}”. Name one that exists.") from None

    def _tell(self, item: dict[str, Any], count: str) -> None:
        self.stdout.write(f"{count} {item['status']:<9} {item['title'] or item['file']}")
        if item["reason"]:
            self.stdout.write(f"    {item['reason']}")
        if item["pending"]:
            self.stdout.write(f"    pending: {', '.join(item['pending'])}")
        if item["kept"]:
            self.stdout.write(f"    edited here since, kept: {', '.join(item['kept'])}")
        for note in item["notes"]:
            self.stdout.write(f"    {note['code']}: {note['message']} {note['hint']}")
        for issue in item["issues"]:
            self.stdout.write(f"    before publishing: {issue}")

    def _sum_up(self, items: list[dict[str, Any]], *, dry_run: bool) -> None:
        counts = Counter(item["status"] for item in items)
        said = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
        notes = sum(len(item["notes"]) for item in items)
        suffix = " (dry run: nothing was written)" if dry_run else ""
        self.stdout.write(f"{len(items)} files: {said}; {notes} notes to review{suffix}.")


def _survey(files: list[Path]) -> tuple[set[str], set[str]]:
    """What the pages of this run know of each other: their titles, which tell where an Also Read
    ends, and the lines that many of them repeat."""
    pages = []
    for path in files:
        try:
            raw = path.read_bytes()
            blocks = clean(read_source(raw, name=path.name), Findings()).blocks
            title = parse_page(raw, name=path.name).title
            pages.append((title, [block.text for block in blocks]))
        except (OSError, Unreadable):
            continue  # the import itself will say so
    return {title for title, _ in pages}, find_noise(pages)


def _import(path: Path, *, by: User | None, dry_run: bool, **known: Any) -> dict[str, Any]:
    item: dict[str, Any] = {
        "file": str(path), "status": SKIPPED, "reason": "", "title": "", "id": None,
        "legacy_id": "", "pending": [], "kept": [], "notes": [], "issues": [],
    }  # fmt: skip
    try:
        raw = path.read_bytes()
        draft = parse_page(raw, name=path.name, **known)
    except OSError as error:
        return item | {"reason": f"{path} can't be read: {error.strerror}. Check the path."}
    except Unreadable as error:
        return item | {"reason": str(error)}
    with transaction.atomic():
        text = raw.decode(errors="replace")
        outcome = build(draft, raw=text, name=path.name, by=by, now=timezone.now())
        item |= _reported(outcome, draft)
        transaction.set_rollback(dry_run)
    return item


def _reported(outcome: Outcome, draft: Draft) -> dict[str, Any]:
    article = outcome.article
    assert article is not None
    notes = [*outcome.notes, *audit(outcome, draft)]
    blocking = [i for i in article.readiness() if i.level == "block"]
    return {
        "status": outcome.status,
        "title": article.title,
        "id": article.pk,
        "legacy_id": draft.legacy_id,
        "pending": article.pending_sections(),
        "kept": outcome.kept,
        "notes": [{n: getattr(note, n) for n in note.__slots__} for note in notes],
        "issues": [f"{issue.message} {issue.hint}" for issue in blocking],
    }
