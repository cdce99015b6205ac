"""No reader gets what is older than what was acknowledged before it asked: two servers, readers
of fourteen pages, and a publisher that is killed again and again. `make test-stale` is the long
form.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path

import pytest
from django.db import connection

from tests.serving import Site, serving

from .pages import PAGES
from .publisher import AFTER
from .race import Race
from .world import make_world, state

pytestmark = pytest.mark.django_db(transaction=True)
ACTS = int(os.environ.get("STALE_ACTS", "15"))
READS = int(os.environ.get("STALE_READS", "500"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_world()
    (tmp_path / "cleared").touch()
    return tmp_path


@contextmanager
def two_sites(folder: Path) -> Iterator[list[Site]]:
    with ExitStack() as both:
        yield [
            both.enter_context(serving(folder, name, NEWSROOM_LOG="json"))
            for name in ("one", "two")
        ]


def test_nobody_reads_what_is_older_than_what_was_acknowledged(folder: Path) -> None:
    with two_sites(folder) as sites:
        look_at_pages(sites)
        race = Race(sites)
        try:
            race.run(ACTS, READS)
        finally:  # also of what somebody stops
            # Django logs what the stores did not answer.
            rendered = sum(site.log.read_text().count('"path"') for site in sites)
            print(f"\n{connection.vendor}: {race.told()}; {rendered} rendered")
    assert race.flaws == []
    assert rendered < race.reads


def look_at_pages(sites: list[Site]) -> None:
    """They show the facts by which they are judged."""
    now = state()
    for site, page in product(sites, PAGES):
        shown = page.shown(site.get(page.path)[1])
        assert (page.path, shown) == (page.path, {fact: {now[fact]} for fact in shown})


def test_control_a_store_that_is_cleared_after_the_commit_is_caught(folder: Path) -> None:
    """It is cleared by publishers that live on; those that die leave readers what was."""
    command = ["-m", "tests.stale.control", str(folder / "cleared")]
    with serving(folder, command=command) as site:
        race = Race([site], deaths=[AFTER], killed_of=1)
        race.run(100, 4000, until_flawed=True)
    print(f"\n{connection.vendor}, control: {race.told()}; {race.flaws[:1]}")
    assert race.flaws
