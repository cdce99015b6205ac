"""The pages about the publication, and what they still lack."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from trends.checks import policy_gaps, templates_folder
from trends.models import Article
from trends.public.policies import POLICIES, path_of, template_of

COMPLETE = Path(__file__).parents[1] / "site_templates"


@pytest.mark.parametrize("page", POLICIES)
def test_every_policy_is_a_page_that_leads_to_the_others(client: Client, page: str) -> None:
    response = client.get(path_of(page))
    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert "GAP" not in response.text
    for other in POLICIES:
        assert f'href="{path_of(other)}"' in response.text


def test_there_is_no_other(client: Client, db: None) -> None:
    assert client.get("/about/cookies/").content == client.get("/nowhere/").content


def test_a_trend_leads_to_them(client: Client, piece: Article) -> None:
    page = client.get(f"/trends/{piece.slug}/").text
    trust = page[page.index('id="how-we-know"') : page.index("<footer")]
    assert all(f'href="{path_of(page)}"' in trust for page in POLICIES)


def test_the_address_for_readers_stands_where_they_are_told_to_write(
    client: Client, settings: Settings
) -> None:
    settings.NEWSROOM_CONTACT = "desk@example.org"
    for page in ("ownership", "complaints"):
        assert 'href="mailto:desk@example.org"' in client.get(path_of(page)).text


def test_gaps_are_said_until_the_site_has_filled_them(client: Client, settings: Settings) -> None:
    gaps, contact = policy_gaps()
    assert (gaps.id, contact.id) == ("trends.W001", "trends.W002")
    assert all(template_of(page) in gaps.msg for page in POLICIES)
    settings.NEWSROOM_CONTACT = "desk@example.org"
    engine, *rest = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [COMPLETE, *engine["DIRS"]]}, *rest]
    assert policy_gaps() == []
    assert "What this site has to say of it." in client.get("/about/ownership/").text


def test_a_folder_of_templates_must_be_there(settings: Settings, tmp_path: Path) -> None:
    settings.NEWSROOM_TEMPLATES_DIR = str(tmp_path)
    assert templates_folder() == []
    settings.NEWSROOM_TEMPLATES_DIR = str(tmp_path / "none")
    (error,) = templates_folder()
    assert error.id == "trends.E006"
