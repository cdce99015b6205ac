"""Social cards: what a shared link shows of a piece without a hero."""

import io
import json
import re
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image as Pillow
from PIL import ImageFont, features
from PIL.ImageFont import FreeTypeFont

from trends.models import Article, Edition, Topic
from trends.models.making import make_article
from trends.public import card_drawing, cards, typeface

from .conftest import READY, MakePiece, make_picture

CARD = re.compile(r'<meta property="og:image" content="http://127\.0\.0\.1:8000([^"]*/card-[^"]*)"')
FOUND = (200, "image/jpeg")


def card_on(client: Client, path: str) -> str:
    """The address of the card that a page names; "" for none."""
    found = CARD.search(client.get(path).text)
    return found[1] if found else ""


@pytest.fixture
def address(client: Client, piece: Article) -> str:
    return card_on(client, f"/trends/{piece.slug}/")


class TestPage:
    def test_a_piece_without_a_hero_names_its_card(self, client: Client, piece: Article) -> None:
        page = client.get(f"/trends/{piece.slug}/").text
        assert re.search(
            rf'content="http://[^"]*/trends/{piece.slug}/card-[0-9a-f]{{16}}\.jpg"', page
        )
        assert '<meta property="og:image:width" content="1200">' in page
        assert '<meta property="og:image:height" content="630">' in page
        assert f'<meta property="og:image:alt" content="{piece.title}">' in page
        assert "summary_large_image" in page

    def test_a_hero_is_better_than_a_card(self, client: Client, full: Article) -> None:
        assert card_on(client, f"/trends/{full.slug}/") == ""

    def test_a_page_never_draws(
        self, client: Client, piece: Article, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(card_drawing, "draw", None)
        assert card_on(client, f"/trends/{piece.slug}/")

    def test_a_title_that_can_t_be_drawn_has_none(self, client: Client, live: MakePiece) -> None:
        piece = live("港のポンプ", slug="pump")
        page = client.get("/trends/pump/").text
        assert "og:image" not in page
        assert '<meta name="twitter:card" content="summary">' in page
        edition = piece.edition_in_force()
        assert edition is not None
        assert client.get("/trends/pump/card-0123456789abcdef.jpg").status_code == 404

    def test_structured_data_names_it_too(self, client: Client, piece: Article) -> None:
        page = client.get(f"/trends/{piece.slug}/").text
        text = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert text
        images = json.loads(text[1])["@graph"][0]["image"]
        assert {(i["caption"], i["creditText"]) for i in images} == {(piece.title, "Newsroom")}
        sides = [(image["width"], image["height"]) for image in images]
        assert sides == [(1200, 675), (1200, 900), (1200, 1200)]
        for image, expected in zip(images, sides, strict=True):
            drawn = client.get(image["url"].removeprefix("http://127.0.0.1:8000"))
            assert Pillow.open(io.BytesIO(drawn.content)).size == expected

    @pytest.mark.parametrize(
        ("kind", "label"), [("sponsored", "Harbours · Sponsored"), ("analysis", "Harbours")]
    )
    def test_it_says_what_is_paid_for(self, topic: Topic, kind: str, label: str) -> None:
        card = cards.card_of(Edition(title="A pump", topic=topic, piece_kind=kind))
        assert card is not None
        assert card.label == label


class TestAddress:
    def test_it_is_a_picture_for_ever_and_for_everybody(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == FOUND
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        picture = Pillow.open(io.BytesIO(response.content))
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))

    def test_it_costs_one_query(self, client: Client, address: str) -> None:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert len(queries) == 1

    def test_another_title_is_another_card(
        self, client: Client, piece: Article, address: str, pam: User
    ) -> None:
        piece.title = "A third pump house for the harbour"
        piece.save()
        piece.publish(by=pam)
        new = card_on(client, f"/trends/{piece.slug}/")
        assert new != address
        for old in (address, f"/trends/{piece.slug}/card-nonsense.jpg"):
            response = client.get(old)
            assert (response.status_code, response["Location"]) == (301, new)
            assert response["Cache-Control"] == "public, max-age=0, must-revalidate"

    def test_every_shape_has_its_own_address(
        self, client: Client, piece: Article, address: str
    ) -> None:
        start, end = address.split("card-")
        shaped = f"{start}4x3/card-{end}"
        assert client.get(shaped).status_code == 200
        stale = client.get(f"{start}4x3/card-nonsense.jpg")
        assert (stale.status_code, stale["Location"]) == (301, shaped)
        unknown = client.get("/trends/unknown/")
        response = client.get(f"{start}5x4/card-{end}")
        assert (response.status_code, response.content) == (404, unknown.content)

    def test_a_former_slug_leads_to_the_card_in_one_hop(
        self, client: Client, piece: Article, address: str, pam: User
    ) -> None:
        piece.slug = "second"
        piece.save()
        piece.publish(by=pam)
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (
            301,
            card_on(client, "/trends/second/"),
        )

    def test_an_unknown_piece_is_unknown(self, client: Client, db: None) -> None:
        page = client.get("/trends/unknown/")
        response = client.get("/trends/unknown/card-0123456789abcdef.jpg")
        assert (response.status_code, response.content) == (404, page.content)

    def test_a_hidden_one_is_the_same(self, client: Client, pam: User) -> None:
        article = make_article("A secret pump", slug="secret", by=pam, **READY)
        edition = Edition(slug="secret", title=article.title)
        card = cards.card_of(edition)
        assert card is not None
        response = client.get(cards.path_of(edition, card))
        assert response.status_code == 404
        assert response.content == client.get("/trends/unknown/").content

    def test_a_planned_title_has_no_card_before_its_time(
        self, client: Client, piece: Article, address: str, pam: User
    ) -> None:
        piece.title = "A secret pump"
        piece.save()
        piece.record_revision(by=pam)
        piece.submit(by=pam)
        piece.approve(by=pam)
        piece.schedule(by=pam, live_from=timezone.now() + timedelta(days=1))
        planned = cards.card_of(Edition.objects.latest("live_from"))
        assert planned is not None
        assert planned.title == "A secret pump"
        path = f"/trends/{piece.slug}/card-{planned.digest}.jpg"
        assert client.get(path)["Location"] == address

    def test_a_removed_piece_is_gone_with_its_card(
        self, client: Client, piece: Article, address: str, pam: User
    ) -> None:
        piece.remove(by=pam, note="A court order.")
        response = client.get(address)
        assert response.status_code == 410
        assert "pump" not in response.text

    def test_a_retracted_one_has_none(
        self, client: Client, piece: Article, address: str, pam: User
    ) -> None:
        piece.retract(by=pam, notice="There is no harbour.")
        assert client.get(address).status_code == 404
        assert card_on(client, f"/trends/{piece.slug}/") == ""

    def test_a_hero_that_came_later_breaks_no_shared_link(
        self, client: Client, piece: Article, address: str, pam: User
    ) -> None:
        piece.hero = make_picture()
        piece.save()
        piece.publish(by=pam)
        assert client.get(address).status_code == 200


class TestDigest:
    def test_all_that_is_drawn_decides_it(self, topic: Topic, settings: Any) -> None:
        def digest(**fields: Any) -> str:
            card = cards.card_of(Edition(**{"title": "A pump", "topic": topic} | fields))
            assert card is not None
            return card.digest

        first = digest()
        assert digest() == first
        assert digest(title="A valve") != first
        assert digest(topic=None) != first
        settings.NEWSROOM_NAME = "Tide"
        assert digest() != first


class TestDrawing:
    @pytest.mark.parametrize(
        "title",
        ["Rates fall", "A pump " * 28, "W" * 200, "Pump " * 2 + "i" * 190, "ab " * 66, "?"],
    )
    @pytest.mark.parametrize("height", [630, 675, 900, 1200])
    def test_every_title_has_room(self, title: str, height: int) -> None:
        size, lines = card_drawing.fitted(title.strip(), height)
        assert 1 <= len(lines) <= card_drawing.MOST + 2
        assert all(typeface.face(size).getlength(line) <= card_drawing.ROOM for line in lines)
        used = size * card_drawing.LEADING * len(lines)
        assert used <= height - card_drawing.BELOW - card_drawing.TOP

    def test_a_short_title_is_large_and_a_long_one_whole(self) -> None:
        assert card_drawing.fitted("Rates fall") == (max(card_drawing.SIZES), ["Rates fall"])
        title = "The town that was promised a battery plant, a rail yard and a port " * 2
        _, lines = card_drawing.fitted(title.strip())
        assert " ".join(lines) == title.strip()

    def test_lines_are_about_as_long(self) -> None:
        font, text = typeface.face(72), "The town asks who pays for the pump"
        greedy = card_drawing.wrapped(text, font, card_drawing.ROOM)
        lines = card_drawing.balanced(text, font)
        assert len(greedy) == len(lines) == 2
        (short, long), (one, other) = (
            sorted(font.getlength(line) for line in found) for found in (greedy, lines)
        )
        assert short < 0.5 * long  # what balance is for
        assert one > 0.9 * other

    def test_a_long_topic_ends_in_an_ellipsis(self) -> None:
        words = card_drawing.shortened("Harbours and pumps " * 9, typeface.face(38))
        assert words.endswith("…")
        assert typeface.face(38).getlength(words) <= card_drawing.ROOM

    def test_what_is_drawn_differs(self) -> None:
        one, other = (card_drawing.draw(site="S", label="L", title=t) for t in ("One", "Other"))
        assert one != other


class TestTypeface:
    @pytest.fixture
    def own(self, tmp_path: Path, settings: Any) -> Path:
        """A typeface of the site: here the one of Pillow, from a file."""
        found = ImageFont.load_default(24)
        assert isinstance(found, FreeTypeFont)
        path = tmp_path / "own.ttf"
        path.write_bytes(found.font_bytes)
        settings.NEWSROOM_CARD_FONT = str(path)
        return path

    @pytest.mark.usefixtures("own")
    def test_blanks_and_signs_have_stand_ins(self) -> None:
        assert typeface.drawable(" 2025–26 \u2009a\n b ") == "2025-26 a b"

    @pytest.mark.parametrize("text", ["港", "☃", "\u0627", "\U0001f4a7"])
    def test_what_it_lacks_is_noticed(self, text: str) -> None:
        assert typeface.drawable(text) is None

    @pytest.mark.parametrize(
        "text",
        [
            "“It’s 5% of $9”, she said: why? (A+B) & C/D; E! …",
            "Kraków zahlt £2bn – für Öl, fjærre Æbler, Łódź und €1 × 3½",
            "Ηλεκτρισμός · Енергія",
        ],
    )
    def test_what_ours_has_is_drawn(self, text: str) -> None:
        assert typeface.drawable(text) == text

    def test_what_ours_is_known_to_have_it_has(self) -> None:
        assert all(typeface._is_drawn(str(typeface.OURS), c) for c in typeface.KNOWN)
        assert typeface._is_drawn(str(typeface.OURS), "港") is False

    def test_a_page_with_usual_letters_asks_no_typeface(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typeface._has.cache_clear()
        monkeypatch.setattr(typeface, "_is_drawn", None)
        assert typeface.drawable("“Öl”, £2bn – Kraków’s pump") == "“Öl”, £2bn – Kraków’s pump"

    def test_letters_and_their_accents_are_put_together(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(typeface, "_has", lambda path, c: not unicodedata.combining(c))
        assert typeface.drawable("Krako\u0301w") == "Kraków"

    def test_without_shaping_no_script_that_needs_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        typeface._has.cache_clear()
        monkeypatch.setattr(typeface, "_face", None)  # not even asked
        monkeypatch.setattr(features, "check", lambda name: False)
        assert typeface.drawable("\u0627\u0628") is None

    def test_a_site_may_bring_its_own(self, own: Path) -> None:
        assert typeface.face(24).path == str(own)
        assert typeface.name() == str(own)
        assert typeface.drawable("A pump") == "A pump"
