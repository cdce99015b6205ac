"""repress: derived HTML is renewed, everything else stays."""

from io import StringIO

import pytest
from django.core.management import call_command

from trends import press
from trends.models import Edition
from trends.models.making import make_article

pytestmark = pytest.mark.django_db


def run(**options: bool) -> str:
    out = StringIO()
    call_command("repress", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def edition() -> Edition:
    words = "The harbour gets a second pump house, and the town pays for half of it."
    make_article("A pump house", lede="News.", standfirst=words).publish_now(by=None)
    return Edition.objects.get()


def test_an_old_edition_is_renewed(edition: Edition) -> None:
    Edition.objects.update(renderer=0, html={})
    before = (edition.digest, edition.live_from)
    assert "1 editions renewed" in run()
    edition.refresh_from_db()
    assert (edition.html["lede"], edition.renderer) == ("<p>News.</p>", press.RENDERER)
    assert (edition.digest, edition.live_from) == before


def test_a_present_one_is_left_alone_unless_asked(edition: Edition) -> None:
    assert "0 editions renewed" in run()
    assert "1 editions renewed" in run(all=True)
