"""Every kind of variable, read right and refused with a sentence."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from psycopg_pool.base import AttemptWithBackoff

from newsroom import env
from newsroom.database import POOL, database

ROOT = Path("/srv/newsroom")


def test_an_empty_variable_counts_as_not_set() -> None:
    assert env.text("NAME", "Newsroom", environ={"NAME": " "}) == "Newsroom"


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), ("off", False), ("", True)]
)
def test_a_flag_is_read_in_any_spelling(value: str, meant: bool) -> None:
    assert env.flag("FLAG", default=True, environ={"FLAG": value}) is meant


def test_lists_lose_blanks_and_empty_parts() -> None:
    assert env.items("LIST", environ={"LIST": " a, b ,,"}) == ["a", "b"]


def test_levels_are_pairs() -> None:
    environ = {"LEVELS": "hero-missing=warn, title-long = off"}
    found = env.levels("LEVELS", ("off", "warn"), environ=environ)
    assert found == {"hero-missing": "warn", "title-long": "off"}


@pytest.mark.parametrize("value", ["https://news.example.org/", "http://127.0.0.1:8000"])
def test_an_origin_loses_its_slash(value: str) -> None:
    assert env.origin("URL", environ={"URL": value}) == value.rstrip("/")


def test_a_proxy_header_is_named_as_django_wants_it() -> None:
    found = env.proxy_header("HEADER", environ={"HEADER": "X-Forwarded-Proto"})
    assert found == ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda **where: env.flag("NAME", default=False, **where), "maybe"),
        (lambda **where: env.number("NAME", 8000, low=1, high=65535, **where), "65536"),
        (lambda **where: env.number("NAME", 8000, low=1, high=65535, **where), "eight"),
        (lambda **where: env.choice("NAME", ("off", "warn"), "off", **where), "loud"),
        (lambda **where: env.hosts("NAME", "localhost", **where), "https://example.org"),
        (lambda **where: env.hosts("NAME", "localhost", **where), "example.org:80"),
        (lambda **where: env.levels("NAME", ("off", "warn"), **where), "hero-missing"),
        (lambda **where: env.levels("NAME", ("off", "warn"), **where), "hero-missing=loud"),
        (lambda **where: env.origin("NAME", **where), "news.example.org"),
        (lambda **where: env.origin("NAME", **where), "https://news.example.org/trends"),
        (lambda **where: env.origin("NAME", **where), "https://ada:pw@news.example.org"),
        (lambda **where: env.origin("NAME", **where), "https://news.example.org:port"),
        (lambda **where: env.zone("NAME", "UTC", **where), "Mars/Base"),
        (lambda **where: env.zone("NAME", "UTC", **where), "../etc"),
        (lambda **where: env.language("NAME", "en", **where), "klingon"),
        (lambda **where: env.proxy_header("NAME", **where), "X Forwarded"),
        (lambda **where: env.storage("NAME", "OPTIONS", "a.B", {}, **where), "S3Storage"),
        (lambda **where: env.storage("NAME", "OPTIONS", "a.B", {}, **where), "a.b; import os"),
        (lambda **where: env.json_object("NAME", **where), "bucket_name=pictures"),
        (lambda **where: env.contact("NAME", **where), "the desk"),
        (lambda **where: env.contact("NAME", **where), "http://example.org/report"),
        (lambda **where: env.contact("NAME", **where), "https://"),
        (lambda **where: env.address("NAME", **where), "/security"),
        (lambda **where: env.json_object("NAME", **where), '["pictures"]'),
    ],
)
def test_a_wrong_value_is_refused_with_its_place_and_a_remedy(
    read: Callable[..., object], value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^NAME (is|holds) .+: write .+\.$"):
        read(environ={"NAME": value})


@pytest.mark.parametrize(
    ("value", "contact"),
    [
        ("a@example.org", "mailto:a@example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org/report?by=web", "https://example.org/report?by=web"),
        ("", ""),
    ],
)
def test_a_contact_is_a_uri(value: str, contact: str) -> None:
    assert env.contact("NAME", environ={"NAME": value}) == contact


def test_a_storage_keeps_its_own_options_only() -> None:
    def read(**environ: str) -> dict[str, object]:
        return env.storage("BACKEND", "OPTIONS", "site.Files", {"location": "x"}, environ=environ)

    assert read() == {"BACKEND": "site.Files", "OPTIONS": {"location": "x"}}
    more = read(OPTIONS='{"file_permissions_mode": 416}')
    assert more["OPTIONS"] == {"location": "x", "file_permissions_mode": 416}
    other = read(BACKEND="s3.Storage", OPTIONS='{"bucket_name": "b"}')
    assert other == {"BACKEND": "s3.Storage", "OPTIONS": {"bucket_name": "b"}}


def test_options_that_are_refused_are_not_repeated() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.json_object("OPTIONS", environ={"OPTIONS": '{"secret_key": "hush"'})
    assert "line 1, column 22" in str(refusal.value)
    assert "hush" not in str(refusal.value)


def test_a_misspelt_name_is_refused_with_the_right_one() -> None:
    with pytest.raises(ImproperlyConfigured, match="did you mean NEWSROOM_NAME"):
        env.refuse_unknown("NEWSROOM_", {"NEWSROOM_NAME"}, environ={"NEWSROOM_NAMES": "x"})


def test_other_names_are_nobody_else_s_business() -> None:
    env.refuse_unknown("NEWSROOM_", {"NEWSROOM_NAME"}, environ={"NEWS": "x", "NEWSROOM_NAME": "y"})


def test_a_relative_sqlite_path_counts_from_the_project(tmp_path: Path) -> None:
    found = database("sqlite:///data/site.sqlite3", root=tmp_path)
    assert found["NAME"] == str(tmp_path / "data" / "site.sqlite3")
    assert (tmp_path / "data").is_dir()


def test_an_absolute_sqlite_path_stays(tmp_path: Path) -> None:
    assert database(f"sqlite:///{tmp_path}/a%20b.db", root=ROOT)["NAME"] == f"{tmp_path}/a b.db"


def test_sqlite_lets_readers_read_while_one_writes(tmp_path: Path) -> None:
    options = database(f"sqlite:///{tmp_path}/x.db", root=ROOT)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgres_is_read_part_by_part() -> None:
    found = database("postgres://ada:p%40ss@db.example.org:6432/news?sslmode=require", root=ROOT)
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [found[key] for key in keys] == ["news", "ada", "p@ss", "db.example.org", "6432"]
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["pool"]["max_size"] == 8


def test_a_database_that_comes_back_is_looked_for_every_few_seconds() -> None:
    """As psycopg's pool reckons its pauses; after the last one the next request begins anew."""
    attempt, now, pauses = AttemptWithBackoff(timeout=POOL["reconnect_timeout"]), 0.0, [0.0]
    while not attempt.time_to_give_up(now):
        attempt.update_delay(now)
        pauses.append(attempt.delay)
        now += attempt.delay
    assert len(pauses) > 2
    assert max(pauses) < 3


def test_the_pool_can_be_sized_and_left_out() -> None:
    sized = database("postgresql://db/news?pool=3", root=ROOT)
    assert sized["OPTIONS"]["pool"]["max_size"] == 3
    assert "pool" not in database("postgresql://db/news?pool=off", root=ROOT)["OPTIONS"]


def test_behind_pgbouncer_no_cursor_outlives_its_transaction() -> None:
    for url, without in (("postgresql://db/news?pool=off", True), ("postgresql://db/news", False)):
        assert database(url, root=ROOT)["DISABLE_SERVER_SIDE_CURSORS"] is without


def test_a_query_can_be_given_up_after_a_while() -> None:
    url = "postgresql://db/news?statement_timeout=30&options=-c%20work_mem%3D8MB"
    options = database(url, root=ROOT)["OPTIONS"]
    assert options["options"] == "-c jit=off -c work_mem=8MB -c statement_timeout=30s"
    assert "statement_timeout" not in options


def test_queries_are_not_compiled_unless_somebody_wants_it() -> None:
    """Of two that say the same PostgreSQL takes the last; PgBouncer would refuse them."""
    found = {
        query: database(f"postgresql://db/news{query}", root=ROOT)["OPTIONS"].get("options")
        for query in ("", "?options=-c%20jit%3Don", "?pool=off")
    }
    expected = {"": "-c jit=off", "?options=-c%20jit%3Don": "-c jit=off -c jit=on"}
    assert found == expected | {"?pool=off": None}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ada:topsecret@db/news",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite://host/file",
        "postgres://ada:topsecret@db",
        "postgres://ada:topsecret@db:port/news",
        "postgres://ada:topsecret@[db/news",
        "postgres://ada:topsecret@db/news?pool=none",
        "postgres://ada:topsecret@db/news?statement_timeout=soon",
        "/srv/news.sqlite3",
    ],
)
def test_a_wrong_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL .+: write sqlite:") as refusal:
        database(url, root=ROOT)
    assert "topsecret" not in str(refusal.value)
