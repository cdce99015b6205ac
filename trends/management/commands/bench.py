"""`manage.py bench pictures`: what renditions cost, side by side with the usual way.
`manage.py bench pages`: what a public page costs that nobody keeps ready."""

import os
import resource
import subprocess
import time
from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from trends.management.benchmarks import databases, pages, pictures, scale, table, targets
from trends.models import Edition
from trends.renditions import BadPicture, Made, make

# Title, our side, the other side.
COMPARED = [
    ("decode and scale", "cascade", "one_by_one"),
    ("decode, scale and encode", "cascade_encoded", "one_by_one_encoded"),
    ("… one by one with Pillow's defaults", "cascade_encoded", "one_by_one_defaults"),
]


class Command(BaseCommand):
    help = "Measure what this software does against how it is usually done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="what")
        kind = what.add_parser("pictures", help="renditions by cascade against one by one")
        kind.add_argument("photos", nargs="*", type=Path, metavar="PHOTO")
        kind.add_argument("--rounds", type=int, default=3, help="the best one counts")
        kind = what.add_parser("pages", help="what each kind of public page costs")
        kind.add_argument("paths", nargs="*", metavar="PATH", help="these pages instead")
        kind.add_argument(
            "--seconds", type=float, default=1.0, help="of CPU for each page; %(default)s"
        )

        kind = what.add_parser("targets", help="the page store against nginx, a cache, nothing")
        add_common(kind)
        kind.add_argument("--rounds", type=int, default=3, help="each side by turns; %(default)s")
        kind.add_argument("--seconds", type=float, default=1.5, help="of a turn; %(default)s")
        kind.add_argument("--pieces", type=int, default=300, help="trends; %(default)s")
        kind.add_argument(
            "--requests", type=int, default=10_000, help="before memory is looked at; %(default)s"
        )
        kind = what.add_parser("scale", help="lists, search and desk at 1,000 to a million trends")
        add_common(kind)
        kind.add_argument("--sizes", default=",".join(map(str, scale.SIZES)), help="%(default)s")
        kind.add_argument("--seconds", type=float, default=1.0, help="for each; %(default)s")
        kind.add_argument(
            "--keep", type=Path, metavar="FOLDER",
            help="keep what is made, here and on the server, and use what was kept",
        )  # fmt: skip

    def handle(self, *, what: str, **options: Any) -> None:
        if what == "pages":
            self.ask_pages(options["paths"], options["seconds"])
        elif what == "pictures":
            self.make_pictures(options["photos"], options["rounds"])
        else:
            self.in_databases_of_our_own(what, options)

    def in_databases_of_our_own(self, what: str, options: dict[str, Any]) -> None:
        server = databases.Server(options["postgres"])
        try:
            vendors = databases.vendors(options["databases"], server)
            missed = getattr(self, f"ask_{what}")(vendors, server, options)
        except (ValueError, LookupError, subprocess.CalledProcessError) as error:
            raise CommandError(str(error)) from error
        if "postgresql" in options["databases"] and "postgresql" not in vendors:
            self.say("PostgreSQL does not answer, so it is left out (--postgres ADDRESS).")
        if missed and options["strict"]:
            raise CommandError(f"{missed} bars are missed.")

    def ask_scale(self, vendors: list[str], server: Any, options: dict[str, Any]) -> int:
        sizes = sorted(map(int, options["sizes"].replace(",", " ").split()))
        missed = 0
        self.say(table.machine())
        for vendor in vendors:
            found = scale.measure(
                vendor, sizes, options["keep"], server, options["seconds"], self.say
            )
            shown, short = scale.table(vendor, found)
            self.say(f"\n{found[sizes[-1]]['version']}\n")
            self.show(shown, options)
            missed += short
        return missed

    def ask_targets(self, vendors: list[str], server: Any, options: dict[str, Any]) -> int:
        self.say(table.machine())
        missed = 0
        for vendor in vendors:
            found = targets.measure(vendor, server, targets.Wish(
                options["rounds"], options["seconds"], options["pieces"], options["requests"]
            ), self.say)  # fmt: skip
            self.say(f"\n{vendor}\n")
            self.show(found.costs(), options)
            self.say("")
            self.show(found.bars(), options)
            missed += found.missed
        return missed

    def show(self, shown: table.Table, options: dict[str, Any]) -> None:
        self.say(shown.markdown() if options["markdown"] else shown.plain())

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def ask_pages(self, paths: list[str], seconds: float) -> None:
        live = Edition.objects.live(timezone.now()).count()
        self.stdout.write(f"{live} live trends, {connection.vendor}; of one request, in ms")
        if settings.DEBUG:
            self.stdout.write("DJANGO_DEBUG is on: all of it is slower than it will be.")
        self.stdout.write(f"{'':20}{'CPU':>9}{'database':>10}{'queries':>9}{'KB':>8}")
        site = pages.Site()
        for name, path in [(path, path) for path in paths] or pages.pages():
            try:
                cost = site.cost(path, seconds)
            except LookupError as error:
                raise CommandError(str(error)) from error
            self.stdout.write(
                f"{name:20}{cost.cpu:>9.2f}{cost.database:>10.2f}{cost.queries:>9}"
                f"{cost.size / 1000:>8.1f}"
            )
            self.stdout.flush()

    def make_pictures(self, photos: list[Path], rounds: int) -> None:
        for photo in photos:
            self.measure(photo, photo.name, rounds)
        if not photos:
            with NamedTemporaryFile(suffix=".jpg") as file:
                file.write(pictures.invented())
                file.flush()
                self.measure(Path(file.name), "An invented photo", rounds)

    def measure(self, photo: Path, name: str, rounds: int) -> None:
        made, cpu, wall = _made(photo)
        size = photo.stat().st_size / 1e6
        self.stdout.write(f"{name}: {made.width} × {made.height} as master, {size:.1f} MB")
        wanted = [
            (one.preset, one.width, one.height, one.format)
            for one in made.renditions
            if one.preset != "placeholder"
        ]
        self.compare(photo, rounds, wanted)
        self.stdout.write(
            f"One upload as a whole, with master, metadata and a process of its own: "
            f"{cpu:.0f} ms of CPU, {wall:.0f} ms on the clock, {_mega(made.peak)} MB at the peak."
        )
        heroes = [one for one in made.renditions if (one.preset, one.format) == ("hero", "avif")]
        sizes = (f"{one.width}: {len(one.data) / 1000:.0f}" for one in heroes)
        self.stdout.write(f"Heroes as AVIF, KB at each width: {', '.join(sizes)}\n")

    def compare(self, photo: Path, rounds: int, wanted: list[pictures.Wanted]) -> None:
        self.stdout.write(f"{len(wanted)} renditions: CPU in ms, best of {rounds}; peak in MB")
        self.stdout.write(f"{'':36}{'cascade':>14}{'one by one':>14}{'cheaper':>10}")
        told: dict[str, dict[str, int]] = {}
        for title, *sides in COMPARED:
            for side in sides:
                told[side] = told.get(side) or pictures.measured(side, photo, rounds, wanted)
            ours, theirs = (told[side] for side in sides)
            cells = "".join(f"{one['cpu']:>9}{_mega(one['peak']):>5}" for one in (ours, theirs))
            self.stdout.write(f"{title:36}{cells}{theirs['cpu'] / max(1, ours['cpu']):>8.1f} ×")


def add_common(parser: ArgumentParser) -> None:
    asked = os.environ.get("NEWSROOM_TEST_POSTGRES") or databases.SERVER
    parser.add_argument("--databases", default="sqlite,postgresql", help="%(default)s")
    parser.add_argument("--postgres", default=asked, metavar="ADDRESS", help="its server")
    parser.add_argument("--markdown", action="store_true", help="tables as Markdown")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a bar is missed")


def _made(photo: Path) -> tuple[Made, float, float]:
    """Renditions, CPU of the child and time on the clock in milliseconds."""
    before, start = _children(), time.monotonic()
    try:
        with photo.open("rb") as file:
            made = make(file)
    except (BadPicture, OSError) as error:
        raise CommandError(f"{photo}: {error}") from error
    return made, (_children() - before) * 1000, (time.monotonic() - start) * 1000


def _children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _mega(count: int) -> int:
    return round(count / 1_000_000)
