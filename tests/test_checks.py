"""System checks."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.db import connection
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont
from pytest_django import Settings

from tests.databases import empty_database
from trends.checks import (
    card_font,
    every_letter_fits,
    picture_storages,
    readiness_levels,
    security_contact,
)


def codes(settings: Settings, levels: dict[str, str]) -> list[str | None]:
    settings.NEWSROOM_READINESS_LEVELS = levels
    return [message.id for message in readiness_levels()]


def test_a_rule_may_get_another_level(settings: Settings) -> None:
    assert codes(settings, {"title-long": "off"}) == []


def test_an_unknown_rule_is_refused(settings: Settings) -> None:
    assert codes(settings, {"title-lnog": "off"}) == ["trends.E001"]


def test_a_final_rule_stays(settings: Settings) -> None:
    assert codes(settings, {"placeholder": "warn"}) == ["trends.E002"]


class TestCardFont:
    def test_none_is_needed(self) -> None:
        assert card_font() == []

    def test_one_that_opens(self, settings: Settings, tmp_path: Path) -> None:
        found = ImageFont.load_default(24)
        assert isinstance(found, FreeTypeFont)
        path = tmp_path / "own.ttf"
        path.write_bytes(found.font_bytes)
        settings.NEWSROOM_CARD_FONT = str(path)
        assert card_font() == []

    @pytest.mark.parametrize("name", ["none.ttf", "text.ttf", ""])
    def test_one_that_does_not(self, settings: Settings, tmp_path: Path, name: str) -> None:
        (tmp_path / "text.ttf").write_text("No letters in here.")
        settings.NEWSROOM_CARD_FONT = str(tmp_path / name)
        (error,) = card_font()
        assert error.id == "trends.E003"
        assert str(tmp_path) in error.msg


@pytest.mark.parametrize(
    ("local", "contact", "said"),
    [(False, "", ["trends.W011"]), (False, "mailto:a@example.org", []), (True, "", [])],
)
def test_a_public_site_says_whom_to_tell_of_holes(
    settings: Settings, local: bool, contact: str, said: list[str]
) -> None:
    settings.LOCAL, settings.NEWSROOM_SECURITY_CONTACT = local, contact
    assert [warning.id for warning in security_contact()] == said


class TestStorages:
    MEMORY = "django.core.files.storage.InMemoryStorage"

    def codes(self, settings: Settings, alias: str, **entry: Any) -> list[str]:
        settings.STORAGES = settings.STORAGES | {alias: entry}
        return [f"{error.id} {error.msg.split()[0]}" for error in picture_storages()]

    def test_ours_are_right(self) -> None:
        assert picture_storages() == []

    def test_others_may_be(self, settings: Settings) -> None:
        options = {"base_url": "https://media.example.org/"}
        assert self.codes(settings, "default", BACKEND=self.MEMORY, OPTIONS=options) == []

    def test_a_package_that_is_not_there(self, settings: Settings) -> None:
        wrong = {"BACKEND": "nowhere.Storage"}
        expected = ["trends.E004 NEWSROOM_MEDIA_BACKEND"]
        assert self.codes(settings, "default", **wrong) == expected

    def test_an_option_that_is_not_known(self, settings: Settings) -> None:
        wrong = {"BACKEND": self.MEMORY, "OPTIONS": {"bucket": "x"}}
        expected = ["trends.E004 NEWSROOM_ORIGINALS_BACKEND"]
        assert self.codes(settings, "originals", **wrong) == expected

    def test_pictures_without_an_address(self, settings: Settings) -> None:
        wrong = {"BACKEND": "django.core.files.storage.Storage"}
        assert self.codes(settings, "default", **wrong) == ["trends.E005 The"]


class TestEncoding:
    HOLDS_ASCII = "ENCODING SQL_ASCII LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
    def test_migrate_stops_before_there_is_a_table(self) -> None:
        with empty_database("ascii", self.HOLDS_ASCII) as address:
            done = subprocess.run(
                [sys.executable, "manage.py", "migrate"], cwd=site.BASE_DIR, text=True,
                capture_output=True, env=os.environ | {"DATABASE_URL": address},
            )  # fmt: skip
        assert done.returncode == 1
        assert "trends.E008" in done.stderr
        assert "SQL_ASCII" in done.stderr
        assert "Applying" not in done.stdout

    @pytest.mark.django_db
    def test_ours_is_right(self) -> None:
        assert every_letter_fits(databases=["default"]) == []
