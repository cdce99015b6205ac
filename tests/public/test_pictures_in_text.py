"""Pictures inside the text: on the page, in feeds, in a preview, and nowhere else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from trends.models import Article, Image
from trends.pages import preview_page

from .conftest import MakePiece, make_picture, sitemap_of_this_month

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
WORDS: dict[str, str] = {
    "alt_text": "A gauge in the mud", "caption": "Low water in May", "credit": "Ole Brandt",
}  # fmt: skip
Illustrate = Callable[..., Article]


@pytest.fixture
def gauge(db: None) -> Image:
    return make_picture(**WORDS, licence="CC BY 4.0", ai_use="edited")


@pytest.fixture
def illustrated(live: MakePiece) -> Illustrate:
    """illustrated(gauge, …) is a live piece with the pictures in its analysis."""

    def make(*pictures: Image, **content: Any) -> Article:
        figures = "".join(f'<figure data-picture="{p.pk}"></figure>' for p in pictures)
        text = f"<p>It was low.</p>{figures}<p>It rose.</p>"
        return live("Water in the harbour", **{"analysis": text} | content)

    return make


def text_of(client: Client, article: Article) -> str:
    return client.get(f"/trends/{article.slug}/").text


def full_text(client: Client) -> str:
    channel = ElementTree.fromstring(client.get("/feeds/trends.rss").content)
    return channel.findtext(f".//{CONTENT}") or ""


def test_it_stands_between_the_paragraphs_with_its_caption(
    client: Client, illustrated: Illustrate, gauge: Image
) -> None:
    page = text_of(client, illustrated(gauge))
    before, figure, after = page.index("It was low"), page.index("<figure"), page.index("It rose")
    assert before < figure < after
    shown = page[figure : page.index("</figure>")]
    name = gauge.renditions["whole"][0]["name"]
    for words in (f"/media/{name}", 'loading="lazy"', 'alt="A gauge in the mud"', "<figcaption>",
                  "Low water in May", "Ole Brandt", "CC BY 4.0", "Edited with AI"):  # fmt: skip
        assert words in shown
    assert "data-picture" not in page


def test_it_is_what_the_library_says_now(
    client: Client, illustrated: Illustrate, gauge: Image
) -> None:
    article = illustrated(gauge)
    Image.objects.filter(pk=gauge.pk).update(caption="High water in June", ai_use="")
    page = text_of(client, article)
    assert "High water in June" in page
    assert "Low water in May" not in page
    assert "Edited with AI" not in page


def test_what_the_library_says_is_no_html(
    client: Client, illustrated: Illustrate, gauge: Image
) -> None:
    article = illustrated(gauge)
    caption = '<script>alert(1)</script> <a href="trend:1">x</a> \\1'
    Image.objects.filter(pk=gauge.pk).update(caption=caption, alt_text='"><script>')
    for text in (text_of(client, article), full_text(client)):
        assert "<script>alert" not in text
        assert '"><script>' not in text
        assert "&lt;script&gt;alert(1)" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"not_before": timezone.localdate() + timedelta(days=2)},
        {"rights_expire_on": timezone.localdate() - timedelta(days=2)},
        {"renditions": {}},
    ],
)
def test_one_that_readers_may_not_see_leaves_nothing(
    client: Client, illustrated: Illustrate, gauge: Image, fields: dict[str, Any]
) -> None:
    article = illustrated(gauge, make_picture(alt_text="A weir", caption="", credit="Ida Holm"))
    Image.objects.filter(pk=gauge.pk).update(**fields)
    for text in (text_of(client, article), full_text(client)):
        assert text.count("<figure") == 1
        assert "A weir" in text
        assert not [words for words in WORDS.values() if words in text]


def test_a_section_of_nothing_but_such_a_picture_has_no_heading(
    client: Client, illustrated: Illustrate, gauge: Image
) -> None:
    article = illustrated(gauge, analysis=f'<figure data-picture="{gauge.pk}"></figure>')
    assert 'id="analysis"' in text_of(client, article)
    Image.objects.filter(pk=gauge.pk).update(renditions={})
    assert 'id="analysis"' not in text_of(client, article)
    assert "<h2>Analysis</h2>" not in full_text(client)


def test_it_goes_at_midnight_by_itself(
    client: Client, illustrated: Illustrate, gauge: Image
) -> None:
    article = illustrated(gauge)
    Image.objects.filter(pk=gauge.pk).update(rights_expire_on=timezone.localdate())
    assert "Low water in May" in text_of(client, article)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert "Low water in May" not in text_of(client, article)


def test_a_feed_has_it_with_full_addresses(
    client: Client, illustrated: Illustrate, gauge: Image
) -> None:
    illustrated(gauge, gauge)
    text = full_text(client)
    file = gauge.renditions["whole"][0]
    src = f'<img src="http://127.0.0.1:8000/media/{file["name"]}" width="{file["width"]}"'
    assert text.count(f"<figure>{src}") == 2
    assert text.count("Low water in May") == 2
    assert "data-picture" not in text


def test_lists_and_search_say_nothing_of_it(
    client: Client, illustrated: Illustrate, gauge: Image
) -> None:
    article = illustrated(gauge, backstory=f'<figure data-picture="{gauge.pk}"></figure>')
    edition = article.edition_in_force()
    assert edition is not None
    assert "It was low.\nIt rose." in edition.text
    assert "icture" not in edition.text
    for path in ("/", "/trends/", "/trends/?q=gauge", sitemap_of_this_month()):
        assert not [words for words in WORDS.values() if words in client.get(path).text]
    # Nor does what search engines are told of the words.
    page = text_of(client, article)
    assert "backstory" not in page[page.index("ld+json") : page.index("</script>")]


def test_a_preview_shows_it(illustrated: Illustrate, gauge: Image, pam: User) -> None:
    article = illustrated()
    article.analysis = f'<figure data-picture="{gauge.pk}"></figure>'
    article.save()
    [analysis] = [s for s in preview_page(article, timezone.now()).sections if s.name == "analysis"]
    assert "Low water in May" in analysis.html
    assert not analysis.is_pending
