"""Pictures, moments and words in public templates."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.dateformat import format as worded

from trends.models import Author, Image
from trends.templatetags import moments
from trends.templatetags import trends as tags

EVENING = datetime(2025, 11, 21, 23, 30, 7, 123456, tzinfo=UTC)


def an_image(**fields: Any) -> Image:
    files = [
        {"width": width, "height": width * 9 // 16, "format": suffix, "name": f"{width}.{suffix}"}
        for width in (1920, 960, 320)
        for suffix in ("avif", "jpg")
    ]
    return Image(renditions={"hero": files}, **{"alt_text": "A meter", **fields})


def test_it_works() -> None:
    template = Template("{% load trends %}{% picture image 'hero' %}")
    html = template.render(Context({"image": an_image()}))
    assert html.startswith('<picture><source type="image/avif" srcset="/media/1920.avif 1920w, ')
    assert 'alt="A meter" fetchpriority="high"></picture>' in html


def test_a_picture_reserves_its_place() -> None:
    assert 'width="1920" height="1080"' in tags.picture(an_image(), "hero")


def test_old_software_gets_a_jpeg_of_middling_size() -> None:
    assert 'src="/media/960.jpg"' in tags.picture(an_image(), "hero")


def test_what_is_further_down_waits() -> None:
    html = tags.picture(an_image(), "card")
    assert 'loading="lazy"' in html
    assert "fetchpriority" not in html


@pytest.mark.parametrize(("place", "fields"), [("card", {}), ("hero", {"decorative": True})])
def test_what_says_nothing_new_is_not_read_out(place: str, fields: dict[str, bool]) -> None:
    assert 'alt=""' in tags.picture(an_image(**fields), place)


def test_words_of_the_library_are_escaped() -> None:
    html = tags.picture(an_image(alt_text='"><script>'), "hero")
    assert 'alt="&quot;&gt;&lt;script&gt;"' in html


@pytest.mark.parametrize("image", [None, Image(), Image(renditions={"hero": []})])
def test_no_picture_leaves_nothing(image: Image | None) -> None:
    assert tags.picture(image, "hero") == ""


def test_a_moment_has_time_and_zone() -> None:
    assert moments.moment(EVENING, "dt-published") == (
        '<time class="dt-published" datetime="2025-11-21T23:30:07+00:00">'
        "21 November 2025, 23:30 UTC</time>"
    )


def test_a_day_is_the_day_of_the_sites_zone(settings: Any) -> None:
    settings.TIME_ZONE = "Asia/Taipei"
    assert (
        moments.day(EVENING) == '<time datetime="2025-11-22T07:30:07+08:00">22 November 2025</time>'
    )
    assert moments.clock(EVENING).endswith(">07:30</time>")
    assert moments.day_key(EVENING) == date(2025, 11, 22)


def test_a_date_stays_a_date() -> None:
    assert moments.day(date(2024, 2, 29)) == '<time datetime="2024-02-29">29 February 2024</time>'


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", ["en", "de", "ar", "ja"])
def test_a_day_is_spelt_as_django_spells_it(language: str, month: int) -> None:
    at = date(987, month, 5)
    with translation.override(language):
        assert f">{worded(at, 'j F Y')}</time>" in moments.day(at)


def kept(**values: Any) -> str:
    named = " ".join(f"{name}={name}" for name in values)
    return Template(f"{{% load trends %}}{{% kept '_masthead.html' {named} %}}").render(
        Context(values)
    )


def test_what_is_kept_is_another_for_other_values() -> None:
    here = [kept(site_name=name, path=path) for name in "AB" for path in ("/trends/", "")] * 2
    assert [text.count("aria-current") for text in here] == [1, 0] * 4
    assert [">A</a>" in text for text in here] == [True, True, False, False] * 2


def test_no_date_leaves_nothing() -> None:
    assert [moments.moment(None), moments.day(None), moments.clock(None)] == ["", "", ""]


def test_the_first_sentence_is_whole() -> None:
    assert tags.first_sentence("It cost $1.5bn. Nobody paid.") == "It cost $1.5bn."
    assert tags.first_sentence("") == ""


def test_people_make_a_sentence() -> None:
    people = [Author(name=name) for name in ("Ada", "Wes", "Pam")]
    wanted = ["Ada", "Ada and Wes", "Ada, Wes and Pam"]
    assert [tags.names(people[:n]) for n in (1, 2, 3)] == wanted


def test_readers_know_the_site_by_its_host() -> None:
    assert tags.host("https://www.example.org:8000/a?b") == "example.org"


def test_what_was_checked_is_counted() -> None:
    proofs = [SimpleNamespace(verdict=verdict) for verdict in ("checked", "disputed", "checked")]
    assert tags.checked(proofs) == 2


def test_a_language_as_open_graph_spells_it() -> None:
    assert [tags.territory("en-gb"), tags.territory("en")] == ["en_GB", "en"]
