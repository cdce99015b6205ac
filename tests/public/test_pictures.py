"""Pictures as readers and their software get them: figures, placeholders, structured data."""

import base64
import hashlib
import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from trends.models import Article, Image
from trends.templatetags.pictures import attribution, figure, picture

from .conftest import MakePiece, make_picture

TINY = "data:image/webp;base64,UklGRg=="
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def page_with(client: Client, live: MakePiece, **words: Any) -> str:
    image = make_picture()
    live("A pump", slug="pump", hero=image)
    # The library's words hold at once, and for what is published already.
    Image.objects.filter(pk=image.pk).update(**words)
    return client.get("/trends/pump/").text


def caption_of(page: str) -> str:
    (found,) = re.findall(r"<figcaption>(.*?)</figcaption>", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


@pytest.mark.parametrize("waits", [True, False], ids=["below a picture", "below none"])
def test_what_the_first_screen_shows_is_loaded_at_once(
    client: Client, live: MakePiece, waits: bool
) -> None:
    live("A lead", minutes_ago=1, hero=make_picture() if waits else None)
    live("A second", minutes_ago=2, hero=make_picture())
    second = client.get("/").text.rpartition("</picture>")[0].rpartition("<picture>")[2]
    assert ('loading="lazy"' in second, 'fetchpriority="high"' in second) == (waits, not waits)


class TestFigure:
    def test_readers_learn_whose_it_is_and_on_what_terms(
        self, client: Client, live: MakePiece
    ) -> None:
        page = page_with(
            client, live, credit="Tide Agency", creator="Ida Holm", licence="CC BY-SA 3.0",
            source_url="https://example.org/pump", ai_use="edited",
        )  # fmt: skip
        said = "The pump house Tide Agency Made by Ida Holm CC BY-SA 3.0 Source Edited with AI"
        assert caption_of(page) == said
        rel = "noopener noreferrer"
        deed = "https://creativecommons.org/licenses/by-sa/3.0/"
        assert f'<a href="{deed}" rel="license {rel}">CC BY-SA 3.0</a>' in page
        assert f'<a href="https://example.org/pump" rel="external {rel}">Source</a>' in page

    @pytest.mark.parametrize("credit", ["Ida Holm", "Photograph: ida holm / Tide Agency"])
    def test_nobody_is_named_twice(self, credit: str) -> None:
        assert attribution(Image(credit=credit, creator="Ida Holm")) == [credit]

    def test_what_a_machine_made_is_called_so(self, client: Client, live: MakePiece) -> None:
        assert "<b>Made by AI</b>" in page_with(client, live, ai_use="made")

    def test_other_terms_stay_words(self) -> None:
        assert attribution(Image(licence="All <rights> reserved")) == [
            "All &lt;rights&gt; reserved"
        ]

    def test_nothing_to_say_leaves_no_caption(self, client: Client, live: MakePiece) -> None:
        page = page_with(client, live, caption="", credit="")
        assert '<figure class="hero">' in page
        assert "<figcaption" not in page

    def test_one_in_the_text_is_whole_and_waits(self, db: None) -> None:
        shown = figure(make_picture())
        assert 'width="1280" height="960" alt="A pump house" loading="lazy"' in shown
        assert caption_of(shown) == "The pump house Ida Holm"

    def test_one_in_the_text_from_before_there_were_whole_ones(self, db: None) -> None:
        image = make_picture()
        del image.renditions["whole"]
        assert 'width="1600" height="900"' in figure(image)

    def test_no_picture_leaves_no_figure(self) -> None:
        assert [figure(None), figure(Image())] == ["", ""]


class TestPortrait:
    def files(self, preset: str, *widths: int) -> list[dict[str, Any]]:
        sizes = [{"width": w, "height": w if preset == "1x1" else w * 9 // 16} for w in widths]
        return [s | {"format": "jpg", "name": f"{preset}-{s['width']}.jpg"} for s in sizes]

    def test_it_is_a_small_square_where_there_is_one(self) -> None:
        table = {"1x1": self.files("1x1", 1200, 320), "hero": self.files("hero", 640)}
        shown = picture(Image(renditions=table), "portrait")
        assert 'srcset="/media/1x1-320.jpg 320w" sizes="5.5rem" width="320" height="320"' in shown
        assert "1200" not in shown

    def test_else_a_square_is_cut_of_the_hero(self) -> None:
        table = {"1x1": self.files("1x1", 1200), "hero": self.files("hero", 640, 320)}
        shown = picture(Image(renditions=table), "portrait")
        assert 'sizes="10rem"' in shown
        assert "1x1" not in shown

    def test_its_credit_stands_on_the_author_s_page(
        self, client: Client, live: MakePiece, author: Any
    ) -> None:
        author.portrait = make_picture(credit="Tide Agency", licence="CC0 1.0")
        author.save()
        live("A pump", author=[author])
        page = client.get("/authors/nora-vale/").text
        assert "Picture: Tide Agency" in page
        assert "publicdomain/zero/1.0/" in page
        assert "<figcaption" not in page


class TestPlaceholder:
    @pytest.fixture
    def piece(self, live: MakePiece) -> Article:
        image = make_picture()
        image.renditions["placeholder"] = TINY
        image.save()
        return live("A pump", slug="pump", hero=image)

    @pytest.mark.parametrize("path", ["/", "/trends/pump/"])
    def test_it_stands_where_the_first_picture_will_be(
        self, client: Client, piece: Article, path: str
    ) -> None:
        response = client.get(path)
        _, rule, _ = STYLE.findall(response.text)
        assert rule == f":is(.hero,.lead)>.frame{{background:url({TINY}) 0/cover}}"
        policy = response["Content-Security-Policy"]
        assert "img-src 'self' data:;" in policy
        assert all(hash_of(sheet) in policy for sheet in STYLE.findall(response.text))
        assert "style=" not in response.text

    def test_pages_without_it_allow_nothing_for_it(self, client: Client, piece: Article) -> None:
        response = client.get("/trends/")
        assert len(STYLE.findall(response.text)) == 2
        assert "data:" not in response["Content-Security-Policy"]
        assert response["Content-Security-Policy"].count("sha256-") == 2

    def test_the_sheet_of_all_pages_keeps_its_hash(self, client: Client, piece: Article) -> None:
        sheets = [STYLE.findall(client.get(path).text)[0] for path in ("/trends/", "/trends/pump/")]
        assert sheets[0] == sheets[1]

    @pytest.mark.parametrize(
        "uri", ["", "data:text/html;base64,AAAA", "data:image/webp;base64,A)}</style>", "/x.jpg"]
    )
    def test_nothing_but_a_picture_gets_into_the_sheet(
        self, client: Client, live: MakePiece, uri: str
    ) -> None:
        image = make_picture()
        image.renditions["placeholder"] = uri
        image.save()
        live("A pump", slug="pump", hero=image)
        assert "background:url(" not in client.get("/trends/pump/").text


def hash_of(sheet: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}'"


class TestStructuredData:
    def images(self, page: str, kind: str = "AnalysisNewsArticle") -> Any:
        (text,) = re.findall(r"ld\+json\">(.*?)</script>", page, re.DOTALL)
        return next(n for n in json.loads(text)["@graph"] if n["@type"] == kind)["image"]

    def test_it_says_what_the_figure_says(self, client: Client, live: MakePiece) -> None:
        page = page_with(
            client, live, credit="Tide Agency", creator="Ida Holm", licence="CC BY-SA 3.0",
            source_url="https://example.org/pump",
        )  # fmt: skip
        image = self.images(page)[0]
        assert image["url"] == image["contentUrl"]
        assert {name: image[name] for name in image if name not in ("url", "contentUrl")} == {
            "@type": "ImageObject",
            "width": 1600,
            "height": 900,
            "caption": "The pump house",
            "creditText": "Tide Agency",
            "creator": {"@type": "Person", "name": "Ida Holm"},
            "license": "https://creativecommons.org/licenses/by-sa/3.0/",
            "acquireLicensePage": "https://example.org/pump",
        }

    @pytest.mark.parametrize(
        ("ai_use", "kind"),
        [
            ("made", "TrainedAlgorithmicMediaDigitalSource"),
            ("edited", "CompositeWithTrainedAlgorithmicMediaDigitalSource"),
        ],
    )
    def test_machines_are_told(
        self, client: Client, live: MakePiece, ai_use: str, kind: str
    ) -> None:
        images = self.images(page_with(client, live, ai_use=ai_use))
        assert {image["digitalSourceType"] for image in images} == {f"https://schema.org/{kind}"}

    def test_whose_machine_it_was_is_no_person(self, client: Client, live: MakePiece) -> None:
        image = self.images(page_with(client, live, ai_use="made", creator="Wave 2"))[0]
        assert image["creator"] == {"@type": "Organization", "name": "Wave 2"}

    def test_terms_without_an_address_are_words(self, client: Client, live: MakePiece) -> None:
        image = self.images(page_with(client, live, licence="All rights reserved"))[0]
        assert image["copyrightNotice"] == "All rights reserved"
        assert "license" not in image

    def test_what_is_unknown_is_left_out(self, client: Client, live: MakePiece) -> None:
        page = page_with(client, live, caption="", credit="", decorative=True)
        assert set(self.images(page)[0]) == {"@type", "url", "contentUrl", "width", "height"}

    def test_a_portrait_is_called_by_its_name(
        self, client: Client, live: MakePiece, author: Any
    ) -> None:
        author.portrait = make_picture()
        author.save()
        live("A pump", author=[author])
        page = client.get("/authors/nora-vale/").text
        (text,) = re.findall(r"ld\+json\">(.*?)</script>", page, re.DOTALL)
        (image,) = json.loads(text)["@graph"][0]["mainEntity"]["image"]
        assert (image["caption"], image["width"]) == ("Nora Vale", 900)


class TestFeed:
    def test_whoever_passes_a_picture_on_passes_its_credit_on(
        self, client: Client, live: MakePiece
    ) -> None:
        page_with(client, live, licence="CC BY 4.0", ai_use="edited")
        feed = html.unescape(client.get("/feeds/trends.rss").text)
        assert re.search(r'<figure><img src="http://[^"]+" width="1600"', feed)
        assert caption_of(feed) == "The pump house Ida Holm CC BY 4.0 Edited with AI"


class TestSocial:
    def test_a_shared_link_shows_the_hero(self, client: Client, live: MakePiece) -> None:
        page = page_with(client, live)
        assert re.search(r'og:image" content="http://127.0.0.1:8000/media/[0-9a-f]+\.jpg"', page)
        assert '<meta property="og:image:alt" content="A pump house">' in page
        assert "card-" not in page

    def test_a_decorative_one_is_not_described(self, client: Client, live: MakePiece) -> None:
        assert "og:image:alt" not in page_with(client, live, decorative=True)
