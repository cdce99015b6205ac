"""/trends/<slug>/: what readers get of one piece, whatever its state."""

import re
from datetime import timedelta

import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from trends.models import Address, Article, Edition
from trends.models.making import make_article

from .conftest import READY, MakePiece, sitemap_of_this_month


def test_a_live_piece_is_shown(client: Client, full: Article) -> None:
    response = client.get("/trends/a-third-pump-house-for-the-harbour/")
    assert response.status_code == 200
    assert response.context["page"].edition == full.edition_in_force()
    for words in ("A third pump house", "Minutes of the council", "Tom Reed", "Ask for the plans"):
        assert words in response.text


def test_what_the_desk_changes_later_is_not_shown(client: Client, piece: Article) -> None:
    piece.lede = "<p>Half a sentence that</p>"
    piece.save()
    piece.record_revision(by=None)
    assert "Half a sentence" not in client.get("/trends/" + piece.slug + "/").text


def test_a_scheduled_piece_appears_at_its_time_by_itself(client: Client, pam: User) -> None:
    article = make_article("A new quay", by=pam, **READY)
    article.submit(by=pam)
    article.approve(by=pam)
    article.schedule(by=pam, live_from=timezone.now() + timedelta(hours=1))
    assert client.get("/trends/a-new-quay/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert client.get("/trends/a-new-quay/").status_code == 200
        assert "A new quay" in client.get("/").text


def test_a_retracted_piece_says_why_and_shows_no_text(
    client: Client, piece: Article, pam: User
) -> None:
    piece.retract(by=pam, notice="There is no harbour.")
    response = client.get(f"/trends/{piece.slug}/")
    assert response.status_code == 200
    assert "There is no harbour." in response.text
    assert "A second pump house" in response.text
    assert "will build" not in response.text
    assert "ld+json" not in response.text


def test_a_retracted_piece_leaves_the_lists(client: Client, piece: Article, pam: User) -> None:
    piece.retract(by=pam, notice="There is no harbour.")
    for path in ("/", "/trends/", "/feeds/trends.rss", "/llms.txt", sitemap_of_this_month()):
        assert "pump-house" not in client.get(path).text


def test_a_removed_piece_is_gone_at_every_address(
    client: Client, piece: Article, pam: User
) -> None:
    first = piece.slug
    rename(piece, "someones-name", pam)
    piece.remove(by=pam, note="A court said so.")
    for slug in (first, "someones-name"):
        response = client.get(f"/trends/{slug}/")
        assert response.status_code == 410
        assert "someones-name" not in f"{response.text}{response.headers}"


def test_a_piece_that_ended_says_so(client: Client, piece: Article) -> None:
    Edition.objects.create(
        article=piece, kind=Edition.Kind.END, title=piece.title, slug=piece.slug,
        live_from=timezone.now(), pressed_at=timezone.now(), notice="The sale is over.",
    )  # fmt: skip
    response = client.get(f"/trends/{piece.slug}/")
    assert response.status_code == 410
    assert "The sale is over." in response.text


def test_the_description_is_the_standfirst(client: Client, piece: Article) -> None:
    context = client.get(f"/trends/{piece.slug}/").context
    assert context["description"] == READY["standfirst"]


def test_a_standfirst_may_be_missing(client: Client, piece: Article) -> None:
    """An override publishes such a piece; its first whole sentences stand in."""
    Edition.objects.update(standfirst="", text="One thing happened. Another follows in 3.5 weeks.")
    context = client.get(f"/trends/{piece.slug}/").context
    assert context["description"] == "One thing happened. Another follows in 3.5 weeks."
    Edition.objects.update(text="One thing " + "and another " * 50)
    assert client.get(f"/trends/{piece.slug}/").context["description"] == piece.title


def test_a_shared_link_shows_the_hero(client: Client, full: Article) -> None:
    social = client.get(f"/trends/{full.slug}/").context["social"]
    assert (social["width"], social["height"], social["alt"]) == (1200, 630, "A pump house")
    assert social["url"].startswith("http://127.0.0.1:8000/media/")


def rename(article: Article, slug: str, by: User) -> None:
    """Publish under another slug."""
    article.slug = slug
    article.save()
    article.publish(by=by)


class TestMoved:
    def test_a_former_slug_leads_to_the_one_in_force_in_one_hop(
        self, client: Client, piece: Article, pam: User
    ) -> None:
        first = piece.slug
        for slug in ("second", "third"):
            rename(piece, slug, pam)
        for slug in (first, "second"):
            response = client.get(f"/trends/{slug}/")
            assert (response.status_code, response["Location"]) == (301, "/trends/third/")

    def test_the_slug_of_a_planned_edition_is_unknown(
        self, client: Client, piece: Article, pam: User
    ) -> None:
        piece.slug = "secret-plan"
        piece.save()
        piece.schedule(by=pam, live_from=timezone.now() + timedelta(days=1))
        planned, unknown = client.get("/trends/secret-plan/"), client.get("/trends/secret-pram/")
        assert Address.objects.filter(path="/trends/secret-plan/").exists()
        assert planned.status_code == 404
        assert planned.content == unknown.content
        assert planned.headers == unknown.headers

    def test_a_retracted_piece_moves_to_its_notice(
        self, client: Client, piece: Article, pam: User
    ) -> None:
        first = piece.slug
        rename(piece, "second", pam)
        piece.retract(by=pam, notice="It was not so.")
        assert client.get(f"/trends/{first}/")["Location"] == "/trends/second/"


class TestElsewhere:
    """Addresses of the former site, and of ours written carelessly."""

    LEGACY = "/harbours/old-pump-house/"

    def test_a_legacy_address_leads_to_the_piece_however_it_is_written(
        self, client: Client, piece: Article
    ) -> None:
        Address.objects.claim(self.LEGACY, article_id=piece.pk)
        for path in (self.LEGACY, self.LEGACY[:-1], f"/en{self.LEGACY}", f"{self.LEGACY}?amp=1"):
            response = client.get(path)
            assert (response.status_code, response["Location"]) == (301, f"/trends/{piece.slug}/")

    def test_one_claimed_with_its_language_is_found_without(
        self, client: Client, piece: Article
    ) -> None:
        Address.objects.claim("/en/pump-house", article_id=piece.pk)
        assert client.get("/pump-house/").status_code == 301

    def test_a_number_of_the_former_site(self, client: Client, piece: Article) -> None:
        Address.objects.claim("/?p=123", article_id=piece.pk)
        assert client.get("/?p=123&utm_source=x")["Location"] == f"/trends/{piece.slug}/"
        assert client.get("/?p=124").status_code == 200

    def test_an_address_of_a_draft_is_unknown(self, client: Client, pam: User) -> None:
        draft = make_article("A draft", by=pam)
        Address.objects.claim(self.LEGACY, article_id=draft.pk)
        assert client.get(self.LEGACY).content == client.get("/unknown/").content
        assert client.get(self.LEGACY).status_code == 404

    def test_a_removed_piece_is_gone_there_too(
        self, client: Client, piece: Article, pam: User
    ) -> None:
        Address.objects.claim(self.LEGACY, article_id=piece.pk)
        piece.remove(by=pam, note="A court said so.")
        assert client.get(self.LEGACY).status_code == 410

    def test_a_page_of_ours_without_its_slash(self, client: Client, piece: Article) -> None:
        for path, right in {"/about": "/about/", "/en/trends": "/trends/", "/en/": "/"}.items():
            assert client.get(path)["Location"] == right
        assert client.get("/trends?q=pump")["Location"] == "/trends/?q=pump"

    def test_no_path_leads_to_another_site(self, client: Client, db: None) -> None:
        for path in ("//evil.example/", "//evil.example/about", "/\\evil.example/", "/en//evil/"):
            assert client.get("/", PATH_INFO=path).status_code == 404

    def test_a_former_slug_without_its_slash_takes_one_hop(
        self, client: Client, piece: Article, pam: User
    ) -> None:
        first = piece.slug
        rename(piece, "second", pam)
        assert client.get(f"/trends/{first}")["Location"] == "/trends/second/"


def test_a_piece_in_two_lists_is_one_piece(client: Client, live: MakePiece) -> None:
    """Two editions of an article are never both in force."""
    article = live("A pump", minutes_ago=3)
    article.lede = "<p>Better words for the pump.</p>"
    article.save()
    article.record_revision(by=None)
    article.publish_now(by=article.created_by)
    assert client.get("/trends/").text.count('/trends/a-pump/"') == 2  # the card, the data


def test_one_box_says_who_wrote_it_and_how_we_know(client: Client, full: Article) -> None:
    page = client.get(f"/trends/{full.slug}/").text
    (box,) = re.findall(r'<section[^>]* id="how-we-know">.*?</section>', page, re.DOTALL)
    facts = re.findall(r"<dt>(.*?)</dt>", box)
    assert facts == ["Written by", "Evidence", "Corrections", "A mistake?", "Who we are"]
    authors = re.findall(r'href="/authors/([^"]*)/"', box)
    assert authors == ["nora-vale", "tom-reed"]
    assert "We asked the council twice." in box


def test_the_desk_answers_for_a_piece_without_author(client: Client, live: MakePiece) -> None:
    page = client.get(f"/trends/{live('A pump').slug}/").text
    assert '<dd><a href="/about/">Newsroom</a></dd>' in page


def test_microformats(client: Client, full: Article) -> None:
    page = client.get(f"/trends/{full.slug}/").text
    for name in (
        "h-entry", "p-name", "p-summary", "p-category", "e-content", "u-url", "dt-published",
        "p-author h-card",
    ):  # fmt: skip
        assert re.search(rf'class="[^"]*\b{name}\b', page), name
