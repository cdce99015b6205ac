"""Minor means a typo: where facts change, it needs a reason, whoever asks and however."""

import pytest
from django.contrib.auth.models import User

from tests.workflow.conftest import edit
from trends.models import Article, Edition, Refused

MINOR = {"change": Edition.Change.MINOR}


@pytest.fixture
def other_year(live: Article, pam: User) -> Article:
    edit(live, by=pam, context="<p>The first one dates from 1963. [[E1]]</p>")
    return live


def test_a_figure_needs_a_reason(other_year: Article, pam: User) -> None:
    with pytest.raises(Refused, match="“1962” became “1963”"):
        other_year.publish_now(by=pam, **MINOR)
    assert "1962" in str(other_year.edition_in_force().content)


def test_a_reason_is_kept(other_year: Article, pam: User) -> None:
    step = other_year.publish_now(by=pam, note="Both years stood in the source.", **MINOR)
    assert step.note == "Both years stood in the source."
    assert other_year.edition_in_force().change == Edition.Change.MINOR


def test_nobody_gets_around_it_with_another_verb(other_year: Article, pam: User) -> None:
    with pytest.raises(Refused, match="more than a typo"):
        other_year.publish(by=pam, sections=["context"], **MINOR)


def test_a_typo_needs_none(live: Article, pam: User) -> None:
    edit(live, by=pam, context="<p>The first one datse from 1962. [[E1]]</p>")
    live.publish_now(by=pam, **MINOR)


def test_only_chosen_sections_are_looked_at(other_year: Article, pam: User) -> None:
    edit(other_year, by=pam, lede=other_year.lede.replace("build", "biuld"))
    other_year.publish_now(by=pam, sections=["lede"], **MINOR)
    assert "1962" in str(other_year.edition_in_force().content)


def test_an_update_says_so_itself(other_year: Article, pam: User) -> None:
    other_year.publish_now(by=pam, change=Edition.Change.UPDATE, update_line="The year is known.")


def test_what_software_derives_stays_as_it_is(other_year: Article, pam: User) -> None:
    other_year.publish_now(by=pam)
    assert other_year.edition_in_force().change == Edition.Change.MINOR
