"""The library: what each card says, what is found, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.pictures import LIBRARY, on_record, page_of, stored
from trends.admin.pictures import thumb_url, whole_url
from trends.models import Image
from trends.models.making import make_article, make_author


@pytest.fixture
def pictures(ada: User) -> dict[str, Image]:
    today = timezone.localdate()
    found = {
        "plain": on_record(original_name="pump-house.jpg"),
        "used": on_record(alt_text="The council meets", creator="Ida Holm", credit="Holm"),
        "bare": on_record(alt_text="", caption="", credit="", original_name="IMG_12.jpg"),
        "decorative": on_record(alt_text="", decorative=True, caption="Blue lines"),
        "small": on_record(alt_text="A map", width=640, height=480),
        "old": on_record(alt_text="A bridge", rights_expire_on=today - timedelta(days=1)),
        "ending": on_record(alt_text="A quay", rights_expire_on=today + timedelta(days=30)),
        "early": on_record(alt_text="A ship", not_before=today + timedelta(days=1)),
        "ai": on_record(alt_text="A drawing", ai_use="made"),
    }
    make_article("The council", by=ada, hero=found["used"])
    return found


def shown(response: Any) -> list[Image]:
    return [card.image for card in response.context_data["cards"]]


ALL = {"plain", "used", "bare", "decorative", "small", "old", "ending", "early", "ai"}
FOUND = [
    ("", ALL),
    ("?use=used", {"used"}),
    ("?use=unused", ALL - {"used"}),
    ("?needs=without_alt_text", {"bare"}),
    ("?needs=without_credit", {"bare"}),
    ("?needs=too_small", {"small"}),
    ("?rights=expiring", {"ending"}),
    ("?rights=expired", {"old"}),
    ("?rights=not_yet", {"early"}),
    ("?ai=made_by_ai", {"ai"}),
    ("?q=council", {"used"}),
    ("?q=blue+lines", {"decorative"}),
    ("?q=Ida+Holm", ALL - {"bare"}),
    ("?q=img_12", {"bare"}),
    ("?use=delete", ALL),
    ("?q=pump&use=used", set()),
]  # fmt: skip


@pytest.mark.parametrize(("query", "names"), FOUND)
def test_it_finds(
    desk: Any, ada: User, pictures: dict[str, Image], query: str, names: set[str]
) -> None:
    found = shown(desk(ada).get(LIBRARY + query))
    assert {name for name, image in pictures.items() if image in found} == names


SAID = [
    ("plain", {"unused"}),
    ("used", {"used"}),
    ("decorative", {"unused", "decorative"}),
    ("small", {"unused", "too small"}),
    ("ai", {"unused", "made by AI"}),
]


@pytest.mark.parametrize(("name", "chips"), SAID)
def test_chips_say_how_it_stands(
    desk: Any, ada: User, pictures: dict[str, Image], name: str, chips: set[str]
) -> None:
    assert chips_of(desk(ada), pictures[name]) == chips


@pytest.mark.parametrize(
    ("name", "words"), [("old", "expired "), ("ending", "rights end "), ("early", "not before ")]
)
def test_chips_say_until_and_from_when(
    desk: Any, ada: User, pictures: dict[str, Image], name: str, words: str
) -> None:
    day = pictures[name].rights_expire_on or pictures[name].not_before
    assert day
    assert chips_of(desk(ada), pictures[name]) == {"unused", f"{words}{day:%-d %b %Y}"}


def chips_of(client: Any, image: Image) -> set[str]:
    cards = client.get(LIBRARY).context_data["cards"]
    return {chip.words for card in cards if card.image == image for chip in card.chips}


def test_what_is_missing_is_said(desk: Any, ada: User) -> None:
    on_record(alt_text="", credit="", original_name="IMG_12.jpg", caption="")
    text = desk(ada).get(LIBRARY).content.decode()
    assert "<strong>No alt text</strong>" in text
    assert "<strong>No credit</strong>" in text
    assert "2000 × 1500" in text
    assert 'aria-label="Select IMG_12.jpg"' in text


def test_words_of_a_picture_are_no_markup(desk: Any, ada: User) -> None:
    on_record(alt_text="<b>A pump", credit='"><i>')
    text = desk(ada).get(LIBRARY).content.decode()
    assert "<b>A pump" not in text
    assert "<i>" not in text


def test_a_card_costs_no_query(desk: Any, ada: User) -> None:
    client = desk(ada)
    one = on_record()
    few = queries(client)
    for number in range(19):
        image = on_record(alt_text=f"Picture {number}")
        make_article(f"Piece {number}", by=ada, hero=image)
    assert queries(client) == few
    assert len(shown(client.get(LIBRARY))) == 20
    assert one in shown(client.get(LIBRARY))
    assert few <= 7


def queries(client: Any) -> int:
    with CaptureQueriesContext(connection) as seen:
        client.get(LIBRARY)
    return len(seen)


def test_an_empty_library_says_so(desk: Any, ada: User) -> None:
    assert "There is no picture yet" in desk(ada).get(LIBRARY).content.decode()
    assert "No picture fits" in desk(ada).get(f"{LIBRARY}?q=x").content.decode()


# --- where a picture is found ---


def test_a_card_shows_a_public_file(db: None) -> None:
    image = stored(alt_text="A robot")
    names = [one["name"] for one in image.renditions["hero"] if one["format"] == "jpg"]
    assert thumb_url(image) in [f"/media/{name}" for name in names]
    assert whole_url(image).startswith("/media/")


def test_of_several_widths_the_card_takes_one_that_is_sharp(db: None) -> None:
    table = {"hero": [entry(width) for width in (1920, 640, 320)]}
    assert thumb_url(on_record(renditions=table)) == "/media/640.jpg"


def entry(width: int) -> dict[str, Any]:
    return {"width": width, "height": width // 2, "format": "jpg", "name": f"{width}.jpg"}


def test_without_public_files_the_desk_draws_one(desk: Any, wes: User) -> None:
    image = stored(alt_text="A robot")
    image.withdraw()
    assert thumb_url(image) == whole_url(image) == page_of(image, "desk.jpg").rstrip("/")
    response = desk(wes).get(thumb_url(image))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.content.startswith(b"\xff\xd8")


def test_without_a_master_there_is_nothing_to_draw(desk: Any, wes: User) -> None:
    image = on_record(renditions={})
    assert desk(wes).get(thumb_url(image)).status_code == 404


def test_a_picture_of_an_author_is_used(desk: Any, ada: User) -> None:
    author = make_author("Nora Vale")
    author.portrait = on_record()
    author.save()
    assert shown(desk(ada).get(f"{LIBRARY}?use=used")) == [author.portrait]
