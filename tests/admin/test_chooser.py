"""Choosing a picture from a form: the field, the chooser's fragments, the words on the spot."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from tests.admin.forms import page_url, posted, save
from tests.people import person
from tests.public.conftest import make_picture
from trends.admin.choosing import PAGE
from trends.models import Article, Author, Image
from trends.models.making import make_article, make_author

CHOOSE = "/admin/trends/image/choose/"
WORDS = {
    "alt_text": "Two pumps in a brick hall", "caption": "Inside", "credit": "Ida Holm",
    "creator": "", "licence": "", "ai_use": "",
}  # fmt: skip


@pytest.fixture
def client(desk: Any, wes: User) -> Client:
    client: Client = desk(wes)
    return client


@pytest.fixture
def piece(wes: User) -> Article:
    return make_article("A pump house", by=wes)


def page_of(response: Any) -> str:
    return str(response.content.decode())


def found(client: Client, **wanted: Any) -> list[int]:
    """Ids of the cards, in their order."""
    page = page_of(client.get(CHOOSE, wanted))
    return [int(pk) for pk in re.findall(r'data-picture="(\d+)"', page)]


def words_url(image: Image) -> str:
    return f"/admin/trends/image/{image.pk}/words/"


def typed(image: Image, **changes: Any) -> dict[str, Any]:
    return WORDS | {"loaded": image.version} | changes


# --- the field ---


def test_the_field_shows_what_is_chosen(client: Client, piece: Article) -> None:
    piece.hero = make_picture(alt_text="A crane", credit="")
    piece.save()
    page = page_of(client.get(page_url(piece)))
    assert re.search(rf'<input[^>]* name="hero"[^>]* value="{piece.hero.pk}"', page)
    assert "A crane" in page
    assert "No credit" in page


def test_pictures_are_never_listed_as_options(client: Client, piece: Article) -> None:
    make_picture(alt_text="One among very many")
    assert "One among very many" not in page_of(client.get(page_url(piece)))


def test_a_number_without_javascript_is_enough(client: Client, piece: Article) -> None:
    image = make_picture()
    assert save(client, piece, hero=image.pk).status_code == 302
    piece.refresh_from_db()
    assert piece.hero == image


@pytest.mark.parametrize("number", ["987654", "12a", "9" * 30])
def test_an_unknown_picture_is_refused_and_stays_typed(
    client: Client, piece: Article, number: str
) -> None:
    page = page_of(save(client, piece, hero=number, title="Typed"))
    assert f"There is no picture {number} in the library. Choose another picture." in page
    assert f'value="{number}"' in page
    assert 'value="Typed"' in page


def test_a_refused_form_shows_what_was_chosen(client: Client, piece: Article) -> None:
    image = make_picture(alt_text="Chosen just now")
    page = page_of(save(client, piece, hero=image.pk, title=""))
    assert "Chosen just now" in page


def test_a_late_save_shows_what_was_chosen(client: Client, piece: Article) -> None:
    image = make_picture(alt_text="Chosen just now")
    data = posted(client.get(page_url(piece)), hero=image.pk)
    save(client, piece, hero=make_picture(alt_text="Chosen meanwhile").pk)
    response = client.post(page_url(piece), data)
    assert response.status_code == 409
    assert "Chosen just now" in page_of(response)
    assert f'value="{image.pk}"' in page_of(response)


def test_rights_are_warned_of(client: Client, piece: Article) -> None:
    day = timezone.localdate()
    piece.hero = make_picture(rights_expire_on=day - timedelta(1), not_before=day + timedelta(9))
    piece.save()
    Image.objects.update(width=640)
    page = page_of(client.get(page_url(piece)))
    assert "expired" in page
    assert "not before" in page
    assert "too small" in page


def test_an_author_has_a_portrait_of_the_library(desk: Any, ada: User) -> None:
    author, image = make_author("Ida Holm"), make_picture(alt_text="Ida at work")
    url = f"/admin/trends/author/{author.pk}/change/"
    client = desk(ada)
    data = posted(client.get(url), portrait=image.pk)
    assert client.post(url, data).status_code == 302
    assert Author.objects.get().portrait == image
    page = page_of(client.get(url))
    assert "Ida at work" in page
    assert re.search(r'<script type="importmap" nonce="\S+">', page) or re.search(
        r'<script nonce="\S+" type="importmap">', page
    )


# --- the cards ---


def test_newest_first_and_24_a_page(client: Client) -> None:
    images = [make_picture(alt_text=f"Number {number}") for number in range(PAGE + 2)]
    newest = [image.pk for image in reversed(images)]
    assert found(client) == newest[:PAGE]
    assert 'data-page="2"' in page_of(client.get(CHOOSE))
    assert found(client, page=2) == newest[PAGE:]
    assert "data-page" not in page_of(client.get(CHOOSE, {"page": 2}))


def test_search_is_the_librarys(client: Client) -> None:
    by_credit = make_picture(credit="Nora Vale")
    by_name = make_picture(original_name="harbour-042.jpg")
    make_picture(alt_text="A crane")
    assert found(client, q="vale") == [by_credit.pk]
    assert found(client, q="harbour-042") == [by_name.pk]
    assert "No picture is found" in page_of(client.get(CHOOSE, {"q": "nothing of that"}))


def test_unused_ones_only(client: Client, piece: Article) -> None:
    used, unused = make_picture(), make_picture()
    piece.hero = used
    piece.save()
    assert found(client) == [unused.pk, used.pk]
    assert found(client, show="unused") == [unused.pk]


def test_pictures_by_their_numbers(client: Client) -> None:
    one, _, three = make_picture(), make_picture(), make_picture()
    assert set(found(client, ids=f"{three.pk},{one.pk},987654")) == {one.pk, three.pk}


@pytest.mark.parametrize(
    "wanted",
    [
        {"page": "0"}, {"page": "x"}, {"ids": "1,x"}, {"ids": "0"}, {"show": "all"},
        {"q": "x" * 201}, {"q": "a\x00b"}, {"ids": ",".join(["7"] * 201)},
    ],
)  # fmt: skip
def test_what_is_no_choice_is_a_bad_request(client: Client, wanted: dict[str, str]) -> None:
    assert client.get(CHOOSE, wanted).status_code == 400


def test_cards_say_what_is_the_matter(client: Client) -> None:
    day = timezone.localdate()
    make_picture(alt_text="", caption="", credit="", original_name="crane.jpg")
    make_picture(rights_expire_on=day - timedelta(1))
    make_picture(not_before=day + timedelta(1))
    page = page_of(client.get(CHOOSE))
    for words in ("crane.jpg", "No alt text", "No credit", "expired", "not before"):
        assert words in page


def test_only_pictures_that_lack_words_ask_for_them(client: Client) -> None:
    make_picture(alt_text="", decorative=True)
    assert "data-lacks" not in page_of(client.get(CHOOSE))
    make_picture(alt_text="")
    assert "data-lacks" in page_of(client.get(CHOOSE))


def test_cards_cost_no_query_each(client: Client, django_assert_num_queries: Any) -> None:
    """Session, user, permissions, pictures."""
    for count in (1, 9):
        for _ in range(count):
            make_picture()
        with django_assert_num_queries(4):
            client.get(CHOOSE)


def test_who_may_only_look_is_offered_nothing_else(desk: Any, db: None) -> None:
    viewer, image = person("vic"), make_picture(credit="")
    viewer.user_permissions.set(Permission.objects.filter(codename="view_image"))
    client = desk(viewer)
    page = page_of(client.get(CHOOSE))
    assert "data-lacks" in page
    assert "data-words" not in page
    assert 'type="file"' not in page
    assert client.get(words_url(image)).status_code == 403
    assert client.post(words_url(image), typed(image)).status_code == 403


# --- the words ---


def test_words_are_asked_for_with_what_the_file_says(client: Client) -> None:
    image = make_picture(credit="", suggested={"credit": "Norlake Photo"})
    page = page_of(client.get(words_url(image)))
    assert "The file says: <q>Norlake Photo</q>" in page
    assert 'name="focal_x"' not in page


def test_words_are_saved(client: Client) -> None:
    image = make_picture(alt_text="")
    response = client.post(words_url(image), typed(image))
    assert response.status_code == 200
    assert f'data-picture="{image.pk}"' in page_of(response)
    assert "data-lacks" not in page_of(response)
    image.refresh_from_db()
    assert (image.alt_text, image.caption, image.version) == (*_words("alt_text", "caption"), 1)


def _words(*names: str) -> tuple[str, ...]:
    return tuple(WORDS[name] for name in names)


def test_the_same_words_make_no_version(client: Client) -> None:
    image = make_picture(**WORDS)
    assert client.post(words_url(image), typed(image)).status_code == 200
    image.refresh_from_db()
    assert image.version == 0


def test_wrong_words_come_back_as_typed(client: Client) -> None:
    image = make_picture(alt_text="")
    response = client.post(words_url(image), typed(image, caption="x" * 401, credit="Typed"))
    assert response.status_code == 422
    assert 'value="Typed"' in page_of(response)
    image.refresh_from_db()
    assert image.credit == "Ida Holm"


@pytest.mark.parametrize("loaded", ["0", "", "x"])
def test_late_words_are_shown_beside_those_saved(client: Client, loaded: str) -> None:
    image = make_picture()
    image.caption = "Of a colleague"
    image.revise({"caption"}, remake=False)
    response = client.post(words_url(image), typed(image, loaded=loaded, caption="Of mine"))
    page = page_of(response)
    assert response.status_code == 409
    assert "Yours: Of mine" in page
    assert "Now saved: Of a colleague" in page
    image.refresh_from_db()
    assert image.caption == "Of a colleague"
    again = re.search(r'name="loaded" value="(\d+)"', page)
    assert again
    assert client.post(words_url(image), typed(image, loaded=again[1])).status_code == 200


def test_words_of_a_picture_that_is_gone(client: Client) -> None:
    assert client.get("/admin/trends/image/987654/words/").status_code == 404


# --- pictures in the text ---


def test_a_piece_with_a_figure_makes_no_revision_untouched(client: Client, wes: User) -> None:
    image = make_picture()
    figure = f'<p>Before.</p><figure data-picture="{image.pk}"></figure><p>After.</p>'
    piece = make_article("A pump house", by=wes, context=figure)
    count = piece.revisions.count()
    assert save(client, piece).status_code == 302
    piece.refresh_from_db()
    assert piece.context == figure
    assert piece.revisions.count() == count
