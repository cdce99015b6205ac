"""/preview/<token>/: a revision for somebody without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Advice, Article, SharedLink, Topic
from trends.models.making import make_article, make_author

from .conftest import READY, make_picture

UNKNOWN = "/nowhere/"


@pytest.fixture
def draft(wes: User) -> Article:
    return make_article("Norlake moves", by=wes, **READY)


@pytest.fixture
def path(draft: Article, wes: User) -> str:
    return share(draft, wes)


def share(article: Article, by: User, **given: Any) -> str:
    """The path of a link."""
    fields = {"label": "Dr Hale", "hours": 24} | given
    return f"/preview/{SharedLink.objects.share(article, by=by, **fields)[1]}/"


def mark(client: Client, path: str) -> str:
    """What a form of the page carries along."""
    found = re.search(r'name="sent" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def say(client: Client, path: str, **said: Any) -> Any:
    fields = {"name": "Dr Hale", "text": "Page 3 is wrong.", "sent": mark(client, path)} | said
    return client.post(path, fields, HTTP_ORIGIN="null")


def is_unknown(client: Client, path: str) -> bool:
    """The answer is that of an address that nobody knows, to the byte."""
    found, unknown = client.get(path), client.get(UNKNOWN)
    assert client.post(path).content == unknown.content
    return (
        found.status_code == 404
        and found.content == unknown.content
        and found.headers == unknown.headers
    )


def test_it_works(client: Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    for words in ("Norlake moves", "second pump house", "Not published.", "Dr Hale", "the newest"):
        assert words in page.text
    link = SharedLink.objects.get()
    assert (link.opened, link.opened_at is None) == (1, False)


def test_its_headers(client: Client, path: str) -> None:
    page = client.get(path)
    assert page["Cache-Control"] == "no-store, private"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Frame-Options"] == "DENY"
    assert not page.cookies
    policy = page["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert policy.count("'sha256-") == len(re.findall("<style>", page.text)) == 2
    for machine in ("og:title", "ld+json", 'rel="canonical"', "<script"):
        assert machine not in page.text


def test_a_look_by_head_is_not_counted(client: Client, path: str) -> None:
    assert client.head(path).status_code == 200
    assert SharedLink.objects.get().opened == 0
    assert client.put(path).status_code == 405


def test_wrong_expired_and_revoked_are_unknown(client: Client, path: str, pam: User) -> None:
    assert is_unknown(client, f"/preview/{'x' * 32}/")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert is_unknown(client, path)
    SharedLink.objects.revoke(by=pam, now=timezone.now())
    assert is_unknown(client, path)


def test_it_is_unknown_once_it_is_published(
    client: Client, path: str, draft: Article, pam: User
) -> None:
    sent = mark(client, path)
    draft.publish_now(by=pam)
    assert is_unknown(client, path)
    assert say_late(client, path, sent) == 404
    assert not Advice.objects.exists()


def say_late(client: Client, path: str, sent: str) -> int:
    answer = client.post(path, {"name": "Dr Hale", "text": "Late.", "sent": sent})
    return int(answer.status_code)


def test_it_shows_its_revision_and_says_that_there_is_a_newer_one(
    client: Client, path: str, draft: Article
) -> None:
    draft.title = "Norlake stays"
    draft.save()
    draft.record_revision(by=None)
    page = client.get(path).text
    assert "Norlake moves" in page
    assert "Norlake stays" not in page
    assert "a newer one exists" in page


def test_internal_evidence_and_private_notes_are_not_in_it(client: Client, wes: User) -> None:
    secret = {"claim": "From the cellar", "disclosure": "internal"}
    named = {"claim": "Minutes", "source_title": "Minutes", "private_note": "Ask Uma"}
    article = make_article("Norlake", by=wes, lede="So. [[E1]]", evidence=[secret, named])
    page = client.get(share(article, wes)).text
    assert "Minutes" in page
    assert "From the cellar" not in page
    assert "Ask Uma" not in page
    assert 'href="#e1"' not in page


def test_what_it_refers_to_may_be_gone(client: Client, wes: User) -> None:
    topic, author = Topic.objects.create(name="Robots", slug="robots"), make_author("Wes Quill")
    article = make_article("Norlake", by=wes, topic=topic, author=[author], hero=make_picture())
    path = share(article, wes)
    article.topic = article.hero = None
    article.save()
    article.bylines.all().delete()
    for row in (topic, author):
        row.delete()
    assert client.get(path).status_code == 200


def test_a_picture_without_rights_leaves_a_word(client: Client, wes: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    held, shown = make_picture(not_before=tomorrow), make_picture()
    names = [file["name"] for files in held.renditions.values() for file in files]
    text = f'<p>See.</p><figure data-picture="{held.pk}"></figure>'
    page = client.get(share(make_article("N", by=wes, hero=held, context=text), wes)).text
    assert page.count("A picture stands here") == 2
    assert not [name for name in names if name in page]
    other = client.get(share(make_article("M", by=wes, hero=shown), wes)).text
    assert "A picture stands here" not in other
    assert shown.renditions["hero"][0]["name"] in other


def test_rows_cost_nothing(client: Client, wes: User) -> None:
    costs = []
    for rows in (1, 9):
        authors = [make_author(f"Author {rows} {n}") for n in range(rows)]
        article = make_article(
            f"Norlake {rows}", by=wes, evidence=["So"] * rows, author=authors, hero=make_picture()
        )
        path = share(article, wes)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        costs.append(len(asked))
    assert costs[0] == costs[1] == 8


def test_a_reviewer_comments_and_agrees(client: Client, path: str) -> None:
    answer = say(client, path, agrees="on")
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "no-store, private"
    assert "Thank you." in client.get(answer["Location"]).text
    advice = Advice.objects.get()
    assert (advice.name, advice.text, advice.agrees) == ("Dr Hale", "Page 3 is wrong.", True)


def test_a_form_sent_twice_counts_once(client: Client, path: str) -> None:
    sent = mark(client, path)
    for _ in range(2):
        assert say(client, path, sent=sent).status_code == 302
    assert Advice.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": " "}, "Your name is missing."),
        ({"name": "x" * 81}, "80 characters are the most"),
        ({"text": " "}, "Enter a comment, or tick that you agree."),
        ({"text": "x" * 2001}, "2001 characters; 2000 are the most"),
        ({"sent": "forged"}, "could not read this form"),
        ({"sent": ""}, "could not read this form"),
    ],
)
def test_what_is_refused_comes_back(
    client: Client, path: str, said: dict[str, str], words: str
) -> None:
    answer = say(client, path, **said)
    assert answer.status_code == 200
    assert words in answer.text
    assert said.get("text", "Page 3 is wrong.") in answer.text
    assert "Norlake moves" in answer.text
    assert not Advice.objects.exists()


def test_a_mark_of_another_link_is_no_mark(client: Client, path: str, ada: User) -> None:
    other = share(make_article("Norlake", by=ada), ada)
    assert say(client, path, sent=mark(client, other)).status_code == 200
    assert not Advice.objects.exists()


def test_too_much_is_said_kindly(client: Client, path: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("trends.models.shared_link.MOST_ADVICE", 0)
    answer = say(client, path)
    assert answer.status_code == 200
    assert "Ask for a new one." in answer.text


def test_words_stay_words(client: Client, draft: Article, wes: User) -> None:
    path = share(draft, wes, label="<b>Legal")
    answer = say(client, path, name="<script>x", text="")
    assert "&lt;b&gt;Legal" in answer.text
    assert "<script>" not in answer.text
