"""Pages as Markdown, and that all forms of a trend have one door."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from markdown_it import MarkdownIt

from trends.models import Article, Author, Topic
from trends.public import paging

from .conftest import MakePiece

FORMS = ["/trends/{}/", "/trends/{}.md", "/api/v1/trends/{}"]


def at(path: str) -> str:
    return f"{settings.NEWSROOM_BASE_URL}{path}"


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["X-Robots-Tag"] == "noindex"
    return response.text


def test_a_trend_is_all_there_in_the_order_of_readers(client: Client, full: Article) -> None:
    text = read(client, f"/trends/{full.slug}.md")
    page = at(f"/trends/{full.slug}/")
    assert text.startswith("# A third pump house for the harbour\n\nThe harbour gets a second")
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == [
        "Headline", "Context", "Evidence", "Analysis", "Key Points", "Actions", "Author",
        "Also Read", "How we know",
    ]  # fmt: skip
    for line in (
        f"- Analysis, [Harbours]({at('/topics/harbours/')})",
        f"- By [Nora Vale]({at('/authors/nora-vale/')}) and [Tom Reed]({at('/authors/tom-reed/')})",
        f"- This page: <{page}>",
        f"It follows [the first]({at('/trends/the-first-pump-house/')}). [E1]",
        "### E1: The council voted for it.",
        "- Source: [Minutes of the council](https://example.org/minutes)",
        "- Publisher: Town of Havn",
        "- Date: 4 March 2025",
        "- Verdict: not checked yet",
        "- Stance: supports the piece",
        r"> Seven to two, with the words \<script>.",
        "- The council agrees. [E1]",
        "- **Residents, by May:** Ask for the plans.",
        f"- [The first pump house]({at('/trends/the-first-pump-house/')})",
        "The pump house · Ida Holm",
        "- Evidence: 1 source, none checked by us so far",
        f"[E1]: {page}#e1",
    ):
        assert line in text.replace("\u00a0", " ").split("\n"), line
    html = MarkdownIt("commonmark").render(text)
    assert html.count(f'<a href="{page}#e1">E1</a>') == 4
    assert "<script" not in html


def test_what_a_reader_must_know_first(client: Client, live: MakePiece, pam: User) -> None:
    article = live("Harbour", disclosure="We *own* a boat.", ai_use="assisted", dateline="HAVN")
    article.correct(by=pam, text="It was Monday.\n\nNot Sunday.", severity="serious")
    text = read(client, f"/trends/{article.slug}.md")
    assert r"**Disclosure:** We \*own\* a boat." in text
    assert "**Use of AI:** written by people with the help of AI." in text
    assert "- From HAVN" in text
    assert re.search(r"> \*\*Correction, .*\*\*\n>\n> It was Monday.\n>\n> Not Sunday.", text)
    assert text.index("> It was Monday.") < text.index("## Headline") < text.index("## Changes")


def test_nothing_is_said_of_what_is_pending(client: Client, piece: Article) -> None:
    text = read(client, f"/trends/{piece.slug}.md")
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Headline", "Author", "How we know"]


@pytest.mark.parametrize("form", FORMS)
class TestOneDoor:
    """The same answers as the page, in each form."""

    def test_unknown(self, client: Client, db: None, form: str) -> None:
        assert client.get(form.format("nothing")).status_code == 404

    def test_renamed(self, client: Client, piece: Article, pam: User, form: str) -> None:
        former = piece.slug
        piece.slug = "renamed"
        piece.save()
        piece.record_revision(by=pam)
        piece.publish_now(by=pam)
        response: Any = client.get(form.format(former))
        assert (response.status_code, response["Location"]) == (301, form.format("renamed"))
        assert client.get(form.format("renamed")).status_code == 200

    def test_removed(self, client: Client, piece: Article, pam: User, form: str) -> None:
        piece.remove(by=pam, note="A court order.")
        response = client.get(form.format(piece.slug))
        assert response.status_code == 410
        assert "pump" not in response.text

    def test_retracted(self, client: Client, piece: Article, pam: User, form: str) -> None:
        piece.retract(by=pam, notice="It was *not* so.", reason="wrong")
        response = client.get(form.format(piece.slug))
        assert response.status_code == 200
        assert "second pump house" in response.text
        assert "not" in response.text
        assert "will build" not in response.text


def test_a_retraction_says_why(client: Client, piece: Article, pam: User) -> None:
    piece.retract(by=pam, notice="It was *not* so.", reason="wrong")
    text = read(client, f"/trends/{piece.slug}.md")
    assert text.startswith(
        "# Retracted: A second pump house for the harbour\n\nIt was \\*not\\* so."
    )
    assert ": it was wrong\n- First published" in text
    found = client.get(f"/api/v1/trends/{piece.slug}").json()
    assert (found["status"], found["notice"]) == ("retracted", "It was *not* so.")


def test_each_page_leads_to_its_twin_and_back(
    client: Client, full: Article, live: MakePiece, topic: Topic, author: Author, pam: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(paging, "SIZE", 1)
    live("Second", topic=topic, author=[author]).correct(by=pam, text="So.")
    lists = ["/trends/", "/topics/harbours/", "/authors/nora-vale/"]
    older = [client.get(path).context["older_url"] for path in lists]
    assert all(older)
    others = ["/corrections/", "/archive/", "/search/?q=harbour", "/about/", "/about/ai/"]
    others.append(f"/archive/{timezone.localdate():%Y/%m}/")
    for path in ["/", f"/trends/{full.slug}/", "/topics/", *others, *lists, *older]:
        page = client.get(path).text
        (twin,) = re.findall(r'<link rel="alternate" type="text/markdown" href="(.*?)">', page)
        response = client.get(twin.removeprefix(settings.NEWSROOM_BASE_URL))
        assert response["Content-Type"].startswith("text/markdown")
        assert f'<{at(path)}>; rel="canonical"' in response["Link"]
        assert f"<{at(path)}>" in response.text
    assert "text/markdown" not in client.get("/nothing/").text


def test_lists_name_what_pages_name(client: Client, full: Article, pam: User) -> None:
    full.correct(by=pam, text="Three, *not* two.")
    entry = f"- [A third pump house for the harbour]({at(f'/trends/{full.slug}.md')}) (Harbours, "
    for path in ("/index.md", "/trends.md", "/topics/harbours.md", "/authors/nora-vale.md"):
        assert entry in read(client, path), path
    for path in ("/index.md", "/topics.md"):
        assert f"- [Harbours]({at('/topics/harbours.md')})" in read(client, path)
    for path in ("/index.md", "/corrections.md"):
        assert r"Three, \*not\* two." in read(client, path)
    assert "Nora Vale writes about water." in read(client, "/authors/nora-vale.md")
    assert read(client, "/trends.md?author=tom-reed").count("\n- ") == 1


def test_lists_say_what_is_paid_for(client: Client, live: MakePiece, topic: Topic) -> None:
    live("Our boat", kind="sponsored", sponsor="Boats", topic=topic)
    assert "(Sponsored, Harbours, " in read(client, "/index.md")


def test_the_archive_leads_from_month_to_piece(client: Client, piece: Article) -> None:
    begun = timezone.localdate()
    address = f"/archive/{begun:%Y/%m}.md"
    assert f"- [{begun:%B %Y}]({at(address)}) (1)" in read(client, "/archive.md")
    assert f"]({at(f'/trends/{piece.slug}.md')})" in read(client, address)
    assert client.get("/archive/1999/01.md").status_code == 404


def test_a_search_says_what_it_found(client: Client, piece: Article) -> None:
    found = read(client, "/search.md?q=harbour")
    assert found.startswith("# Search for “harbour”\n\nThis page: <")
    assert "1 trend.\n\n- [A second pump house" in found
    slip = read(client, "/search.md?q=harbuor")
    assert f"Did you mean [“harbour”]({at('/search/?q=harbour')})?" in slip
    assert "Nothing for “zebra”." in read(client, "/search.md?q=zebra")


def test_policies_are_the_text_of_their_pages(client: Client, db: None) -> None:
    text = read(client, "/about/corrections.md")
    assert "\n\n# Corrections policy\n\nWhat we do" in text
    assert "\n\n## How we correct\n\nWhen a fact was wrong we mend it" in text
    assert f"[list of corrections]({at('/corrections/')})" in text
    assert "<" not in text.replace("This page: <", "")
    assert client.get("/about/unknown.md").status_code == 404
