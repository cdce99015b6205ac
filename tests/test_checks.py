"""System checks."""

from pytest_django import Settings

from trends.checks import readiness_levels


def codes(settings: Settings, levels: dict[str, str]) -> list[str | None]:
    settings.NEWSROOM_READINESS_LEVELS = levels
    return [message.id for message in readiness_levels()]


def test_a_rule_may_get_another_level(settings: Settings) -> None:
    assert codes(settings, {"title-long": "off"}) == []


def test_an_unknown_rule_is_refused(settings: Settings) -> None:
    assert codes(settings, {"title-lnog": "off"}) == ["trends.E001"]


def test_a_final_rule_stays(settings: Settings) -> None:
    assert codes(settings, {"placeholder": "warn"}) == ["trends.E002"]
