"""`manage.py doctor` over the pieces of the site."""

import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import connection
from django.test.utils import CaptureQueriesContext

from trends.models import Article, Edition
from trends.models.making import make_article, make_author

STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def live(db: None) -> Article:
    return make_article("A live one", standfirst=STANDFIRST, lede="So it is.", publish=True)


@pytest.fixture
def spoiled(live: Article) -> Article:
    """Readers get it without a standfirst, as an edition of former rules may be."""
    edition = Edition.objects.get(article=live)
    edition.content["head"]["standfirst"] = ""
    edition.save()
    return live


def doctor(*options: str) -> tuple[str, int]:
    """What it said, and how it ended."""
    out = io.StringIO()
    try:
        call_command("doctor", *options, stdout=out)
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def codes(*options: str) -> set[str]:
    said = json.loads(doctor("--json", *options)[0])
    return {issue["code"] for piece in said["pieces"] for issue in piece["issues"]}


def test_it_tells_by_piece_and_by_rule(live: Article) -> None:
    said, code = doctor()
    assert code == 0
    assert f"{live.pk} A live one\n" in said
    assert "  warn   context-pending: Context: still to come." in said
    assert "     1  warn   context-pending: Context is pending" in said
    assert said.endswith("1 pieces checked.\n")


def test_what_blocks_ends_with_1(spoiled: Article) -> None:
    said, code = doctor()
    assert code == 1
    assert "     1  block  standfirst-empty: The standfirst is empty" in said


def test_a_healthy_site_has_nothing_to_say(db: None) -> None:
    assert doctor() == ("0 pieces checked.\n", 0)


def test_readers_text_counts_and_not_the_working_copy(live: Article) -> None:
    Article.objects.update(standfirst="")
    assert "standfirst-empty" not in codes()


def test_drafts_where_asked(ada: User) -> None:
    make_article("A draft")
    make_article("In the bin").discard(by=ada)
    assert doctor() == ("0 pieces checked.\n", 0)
    said, code = doctor("--drafts")
    assert code == 1
    assert "A draft (draft)" in said
    assert said.endswith("1 pieces checked.\n")


def test_json_has_the_shape_that_is_promised(spoiled: Article) -> None:
    said, code = doctor("--json")
    found = json.loads(said)
    assert (code, found["checked"], found["blocked"]) == (1, 1, 1)
    (piece,) = found["pieces"]
    assert {name: piece[name] for name in ("id", "slug", "title", "place")} == {
        "id": spoiled.pk, "slug": spoiled.slug, "title": "A live one", "place": "live",
    }  # fmt: skip
    assert set(piece["issues"][0]) == {
        "code", "level", "section", "field", "key", "message", "hint",
    }  # fmt: skip
    assert found["rules"][0] == {
        "code": "standfirst-empty", "level": "block", "about": "The standfirst is empty",
        "pieces": 1,
    }  # fmt: skip


def test_json_of_nothing(db: None) -> None:
    said = json.loads(doctor("--json")[0])
    assert said == {"pieces": [], "rules": [], "checked": 0, "blocked": 0}


def test_some_rules_only(spoiled: Article) -> None:
    assert codes("--rule", "context-pending") == {"context-pending"}
    assert codes("--rule", "context-pending", "--rule", "topic-missing") == {
        "context-pending", "topic-missing",
    }  # fmt: skip
    assert doctor("--rule", "context-pending")[1] == 0


def test_one_level_only(spoiled: Article) -> None:
    assert codes("--level", "block") == {"standfirst-empty"}
    assert "standfirst-empty" not in codes("--level", "warn")
    assert doctor("--level", "warn")[1] == 0


@pytest.mark.parametrize("wrong", [["--rule", "no-such-rule"], ["--level", "all"], ["--loud"]])
def test_wrong_use(capsys: Any, wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "doctor", *wrong])
    assert ended.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_levels_of_the_site_count(live: Article, settings: Any) -> None:
    settings.NEWSROOM_READINESS_LEVELS = {"context-pending": "off", "topic-missing": "block"}
    assert "context-pending" not in codes()
    assert doctor()[1] == 1


def test_queries_do_not_grow_with_the_pieces(db: None) -> None:
    def cost(pieces: int) -> int:
        author = make_author(f"Author {pieces}")
        for n in range(pieces):
            make_article(
                f"P {pieces} {n}", standfirst=STANDFIRST, lede="So.", author=[author], publish=True
            )
            make_article(f"Draft {pieces} {n}", author=[author], key_points=["One."])
        with CaptureQueriesContext(connection) as asked:
            doctor("--drafts")
        return len(asked)

    assert cost(1) == cost(5) <= 20
