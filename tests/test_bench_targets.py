"""`manage.py bench targets` and `bench scale`: a tiny run of each. No time is asserted."""

import io
import os
import re
from functools import cache
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from trends.management.benchmarks import load, scale, targets
from trends.management.benchmarks.databases import POSTGRESQL, SQLITE, Place, Server, vendors
from trends.management.benchmarks.table import Bar, Table
from trends.management.benchmarks.targets import Found

NOWHERE = "postgres://postgres@127.0.0.1:1/newsroom"
VENDOR = POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def server() -> str:
    """That of the tests."""
    if VENDOR == SQLITE:
        return NOWHERE
    known = connection.settings_dict
    return f"postgres://{known['USER']}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def bench(*arguments: str) -> str:
    out = io.StringIO()
    where = server()
    call_command("bench", *arguments, "--databases", VENDOR, "--postgres", where, stdout=out)
    return out.getvalue()


def test_each_side_and_each_target_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "WORDS", {"rare": "Quellmark"})
    monkeypatch.setattr(targets, "_renditions", lambda: 8.0)
    said = bench(
        "targets", "--rounds", "1", "--seconds", "0.2", "--pieces", "12", "--requests", "20"
    )
    assert "asked by Python" in said
    sides = set(re.findall(r"^((?:nginx|store|LocMem|no cache): .+?) {2,}", said, re.MULTILINE))
    assert {"store: trend", "store: trend, 304", "LocMem: trend", "no cache: trend"} <= sides
    assert {"no cache: search, rare word", "store: search, rare word"} <= sides
    for target in ("against LocMem", "uncached trend", "memory of a worker", "ten renditions"):
        assert re.search(rf"{target}.*(✓|times off)", said), target
    assert "publishes/s" in said


def test_databases_grow_are_kept_and_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = cache(lambda: real(Place(VENDOR, "12", tmp_path, Server(server())), 0))
    real = scale.asked
    monkeypatch.setattr(scale, "asked", lambda *_: ask())  # once will do
    sizes = ("scale", "--sizes", "14,12", "--seconds", "0", "--keep", str(tmp_path), "--markdown")
    try:
        first, again = bench(*sizes), bench(*sizes)
    finally:
        for size in (12, 14):
            Place(VENDOR, str(size), tmp_path, Server(server())).drop()
    assert "adding 12 trends to 0" in first
    assert "adding 2 trends to 12" in first
    assert "adding" not in again
    rows = dict(re.findall(r"^\| (\S.*?) \| (.*) \|$", first, re.MULTILINE))
    assert rows["SQL · CPU in ms"].startswith("12 | 14 | SQL × | CPU ×")
    for name in ("list, newest first", "topic, deep page", "desk: list", "search query, rare word"):
        assert re.search(r"\| (✓|✗ .+ off)$", rows[name]), name
    assert {"author of ten", "desk: queue", "sitemap", "list filtered by a common word"} <= set(
        rows
    )


def test_a_database_that_is_not_there_is_left_out() -> None:
    assert vendors("sqlite,postgresql", Server(NOWHERE)) == [SQLITE]
    with pytest.raises(ValueError, match="oracle: only sqlite and postgresql"):
        vendors("oracle", Server(NOWHERE))
    with pytest.raises(ValueError, match="no database of ours"):
        Server(NOWHERE).drop("newsroom")


def test_children_know_nothing_of_the_site_that_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSROOM_NAME", "The Daily Norlake")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///var/newsroom.sqlite3")
    env = Place(SQLITE, "12", tmp_path, Server(NOWHERE)).env
    assert "NEWSROOM_NAME" not in env
    assert env["DATABASE_URL"] == f"sqlite:///{tmp_path}/sqlite-12/newsroom.sqlite3"
    assert env["PATH"] == os.environ["PATH"]


def test_a_missed_bar_fails_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = {"list, newest first": [1.0, 2.0, 4], "archive": [9.0, 9.0, 1]}
    slow = {"list, newest first": [2.0, 2.0, 4], "archive": [90.0, 9.0, 1]}
    found = {1: {"costs": costs, "version": "SQLite"}, 2: {"costs": slow, "version": "SQLite"}}
    monkeypatch.setattr(scale, "measure", lambda *args: found)
    asked = ("scale", "--databases", "sqlite", "--sizes", "1,2")
    out = io.StringIO()
    call_command("bench", *asked, stdout=out)
    assert re.search(r"list, newest first .* ≤ 1.5×  ✗ 1.3 times off", out.getvalue())
    with pytest.raises(CommandError, match="1 bars are missed"):
        call_command("bench", *asked, "--strict", stdout=io.StringIO())


def test_targets_are_ratios() -> None:
    sides = {
        "store: trend": 20.0, "no cache: trend": 8000.0, "LocMem: trend": 200.0,
        targets.PUBLISHING_ELSEWHERE: 20.0, targets.PUBLISHING: 30.0, "nginx: the same bytes": 10.0,
    }  # fmt: skip
    found = Found(cpu=sides)
    verdicts = {name: (value, verdict) for name, _, value, verdict in found.bars().rows}
    assert verdicts["page-store hit against nginx static"] == ("0.50", "✓")
    assert verdicts["… against LocMem"] == ("10.00", "✗ 1.5 times off")
    assert verdicts["… against the uncached render"] == ("400.00", "✓")
    assert verdicts["memory of a worker, RSS"] == ("–", "not measured")
    assert found.missed == 3  # LocMem, while publishing, the uncached trend
    del sides["nginx: the same bytes"]
    assert Found(cpu=sides).bars().rows[0][2:] == ["–", "not measured"]


def test_bars_and_tables() -> None:
    assert Bar(1.5, "×").words == "≤ 1.5×"
    assert Bar(0.4, is_least=True).verdict(0.2) == "✗ 2.0 times off"
    table = Table(["page", "ms"], [["list", "1.00"]])
    assert table.plain() == "page    ms\nlist  1.00"
    assert table.markdown() == "| page | ms |\n| --- | --- |\n| list | 1.00 |"


def test_whole_seconds_are_for_wrk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert (load.generator(1), load.generator(0.5)) == ("wrk", "Python")
