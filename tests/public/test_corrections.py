"""What was wrong, said in public: on the page, in the list, in its feed; from its start only."""

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from trends.models import Article, Correction

FEED = "/corrections/feed.rss"
WORDS = "We had nine for ten."


def places(client: Client, article: Article) -> dict[str, str]:
    """Everywhere that may say it."""
    page = f"/trends/{article.slug}/"
    return {path: client.get(path).content.decode() for path in (page, "/", "/corrections/", FEED)}


@pytest.mark.parametrize("severity", ["serious", "other"])
def test_it_is_said_everywhere(client: Client, piece: Article, pam: User, severity: str) -> None:
    piece.correct(by=pam, text=WORDS, severity=severity)
    assert [path for path, text in places(client, piece).items() if WORDS not in text] == []


@pytest.mark.parametrize("severity", ["serious", "other"])
def test_in_its_grace_it_is_said_nowhere(
    client: Client, piece: Article, pam: User, severity: str
) -> None:
    piece.correct(by=pam, text=WORDS, severity=severity, grace=60)
    assert [path for path, text in places(client, piece).items() if WORDS in text] == []
    Correction.objects.get().edition.move(timezone.now())
    assert [path for path, text in places(client, piece).items() if WORDS not in text] == []


def test_a_serious_one_stands_above_the_text(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text=WORDS, severity="serious")
    page = places(client, piece)[f"/trends/{piece.slug}/"]
    assert page.index(WORDS) < page.index('class="e-content"')
    assert 'href="#changes"' not in page


def test_another_stands_at_the_end_and_the_byline_leads_there(
    client: Client, piece: Article, pam: User
) -> None:
    piece.correct(by=pam, text=WORDS)
    text = places(client, piece)[f"/trends/{piece.slug}/"]
    page = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert page.index('class="e-content"') < page.index(WORDS)
    byline = page[page.index('class="byline') : page.index('class="e-content"')]
    assert '<a href="#changes">Correction, ' in byline
    assert 'id="changes"' in page


def test_an_update_is_no_correction(client: Client, piece: Article, pam: User) -> None:
    piece.analysis = "<p>More of it.</p>"
    piece.save()
    piece.record_revision(by=pam)
    piece.publish_now(by=pam, change="update", update_line="More.")
    found = places(client, piece)
    assert 'href="#changes"' not in found[f"/trends/{piece.slug}/"]
    assert "More." not in found[FEED]


def test_machines_read_it(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text=WORDS)
    page = places(client, piece)[f"/trends/{piece.slug}/"]
    data: Any = json.loads(re.findall(r"ld\+json[^>]*>(.*?)</script>", page, re.DOTALL)[0])
    (node,) = [node for node in data["@graph"] if "correction" in node]
    assert node["correction"][0]["text"] == WORDS


def test_the_feed_tells_what_and_where(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text=f"{WORDS} <b>\x01", kind="clarification")
    item = ElementTree.fromstring(client.get(FEED).content).find("channel/item")
    assert item is not None
    assert item.findtext("title") == f"Clarification: {piece.title}"
    assert item.findtext("description") == f"{WORDS} &lt;b&gt;"
    for form in ("atom", "json"):
        text = client.get(FEED.replace("rss", form)).text
        assert f"Clarification: {piece.title}" in text
        assert f"/trends/{piece.slug}/#changes" in text
        assert f"{WORDS} &amp;lt;b&amp;gt;" in text or f"<p>{WORDS} &lt;b&gt;" in text
    assert str(item.findtext("link")).endswith(f"/trends/{piece.slug}/#changes")


def test_the_feed_forgets_what_is_retracted(client: Client, piece: Article, pam: User) -> None:
    piece.correct(by=pam, text=WORDS)
    piece.retract(by=pam, notice="All of it was wrong.")
    assert WORDS not in client.get(FEED).content.decode()


def test_a_piece_that_is_back_says_so(client: Client, piece: Article, pam: User) -> None:
    piece.retract(by=pam, notice="All of it was wrong.", reason="wrong")
    page = client.get(f"/trends/{piece.slug}/").content.decode()
    assert "it was wrong" in page
    piece.reinstate(by=pam)
    assert "Reinstated." in client.get(f"/trends/{piece.slug}/").content.decode()


def test_what_is_removed_answers_gone(client: Client, piece: Article, pam: User) -> None:
    piece.remove(by=pam, note="Law.")
    page = client.get(f"/trends/{piece.slug}/")
    assert page.status_code == 410
    assert "it will not come back at this address" in page.content.decode()
