"""The form of a picture: words that a machine can see are wrong, late saves, suggestions, use."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.forms import posted
from tests.admin.pictures import errors_of, form_of, on_record, page_of, save
from tests.public.conftest import READY
from trends.models import Image
from trends.models.making import make_article, make_author
from trends.models.text_picture import TextPicture


@pytest.fixture
def image(db: None) -> Image:
    return on_record(original_name="DSC 0012.jpg", renditions={})


BAD_ALT = [
    ("pump_house.jpg", "file name or a slug"),
    ("pump-house", "file name or a slug"),
    ("dsc 0012", "name of the file"),
    ("DSC 0012.jpg", "file name or a slug"),
    ("By the harbour.", "repeats the caption"),
]


@pytest.mark.parametrize(("alt_text", "why"), BAD_ALT)
def test_alt_text_that_says_nothing_is_refused(
    desk: Any, wes: User, image: Image, alt_text: str, why: str
) -> None:
    response = save(desk(wes), image, alt_text=alt_text)
    assert why in str(errors_of(response)["alt_text"])
    image.refresh_from_db()
    assert image.alt_text == "A pump house"


@pytest.mark.parametrize("alt_text", ["", "A pump house at night", "Ännika", "…"])
def test_other_alt_text_is_taken(desk: Any, wes: User, image: Image, alt_text: str) -> None:
    assert save(desk(wes), image, alt_text=alt_text).status_code == 302
    image.refresh_from_db()
    assert image.alt_text == alt_text


def test_a_sentence_that_was_the_name_of_a_file_is_taken(desk: Any, wes: User) -> None:
    image = on_record(original_name="The pump house at night.jpg")
    assert save(desk(wes), image, alt_text="The pump house at night").status_code == 302


def test_alt_text_stands_on_one_line(desk: Any, wes: User, image: Image) -> None:
    save(desk(wes), image, alt_text="A pump\r\n house  at night")
    image.refresh_from_db()
    assert image.alt_text == "A pump house at night"


def test_a_decorative_picture_has_no_alt_text(desk: Any, wes: User, image: Image) -> None:
    assert "alt_text" in errors_of(save(desk(wes), image, decorative="on"))
    assert save(desk(wes), image, decorative="on", alt_text="").status_code == 302


def test_rights_do_not_end_before_they_begin(desk: Any, wes: User, image: Image) -> None:
    dates = {"not_before": "2027-03-02", "rights_expire_on": "2027-03-01"}
    assert "rights_expire_on" in errors_of(save(desk(wes), image, **dates))
    save(desk(wes), image, **dates | {"rights_expire_on": "2027-03-02"})
    image.refresh_from_db()
    assert image.rights_expire_on == image.not_before == date(2027, 3, 2)


# --- what readers have stays ---


def published(by: User, **content: Any) -> Any:
    return make_article("Pump house", by=by, publish=True, **READY | content)


@pytest.mark.parametrize("field", ["alt_text", "credit"])
def test_a_live_picture_keeps_its_words(desk: Any, pam: User, image: Image, field: str) -> None:
    published(pam, hero=image)
    response = save(desk(pam), image, **{field: ""})
    assert "Readers get this picture" in str(errors_of(response)[field])


def test_a_live_picture_may_become_decorative(desk: Any, pam: User, image: Image) -> None:
    published(pam, hero=image)
    assert save(desk(pam), image, alt_text="", decorative="on").status_code == 302


def test_a_planned_picture_keeps_its_words(desk: Any, pam: User, image: Image) -> None:
    article = make_article("Pump house", by=pam, hero=image, **READY)
    article.submit(by=pam)
    article.approve(by=pam)
    article.schedule(by=pam, live_from=timezone.now() + timedelta(days=1))
    assert "credit" in errors_of(save(desk(pam), image, credit=""))


def test_a_picture_in_a_live_text_keeps_its_words(desk: Any, pam: User, image: Image) -> None:
    figure = f'<p>Look.</p><figure data-picture="{image.pk}"></figure>'
    published(pam, context=figure)
    assert "credit" in errors_of(save(desk(pam), image, credit=""))


def test_what_was_missing_before_stops_nobody(desk: Any, pam: User, image: Image) -> None:
    published(pam, hero=image)
    Image.objects.update(credit="")
    assert save(desk(pam), image, caption="At night").status_code == 302


def test_a_picture_of_a_draft_may_lose_them(desk: Any, pam: User, image: Image) -> None:
    make_article("Pump house", by=pam, hero=image)
    assert save(desk(pam), image, alt_text="", credit="").status_code == 302


# --- two people, one picture ---


@pytest.fixture
def late(desk: Any, ada: User, pam: User, image: Image) -> Any:
    """Ada's save of what she opened before Pam's save."""
    opened = form_of(desk(ada), image, caption="Ada's caption", focal_x="20")
    save(desk(pam), image, caption="Pam's caption", credit="Pam's credit")
    return desk(ada).post(page_of(image), opened)


def test_a_late_save_is_refused_with_both_values(late: Any, image: Image) -> None:
    assert late.status_code == 409
    sides = {side.label: (side.mine, side.saved) for side in late.context_data["stale"]}
    assert sides == {"Caption": ("Ada's caption", "Pam's caption")}
    image.refresh_from_db()
    assert image.caption == "Pam's caption"


def test_nothing_typed_is_lost(late: Any) -> None:
    form = late.context_data["adminform"].form
    assert (form["caption"].value(), form["focal_x"].value()) == ("Ada's caption", "20")


def test_mine_can_be_saved_over_it(desk: Any, ada: User, late: Any, image: Image) -> None:
    assert desk(ada).post(page_of(image), posted(late)).status_code == 302
    image.refresh_from_db()
    assert (image.caption, image.version) == ("Ada's caption", 2)
    assert (image.credit, image.focal_x) == ("Pam's credit", 0.2)  # each of which one changed


def test_after_one_more_save_it_is_refused_again(
    desk: Any, ada: User, pam: User, late: Any, image: Image
) -> None:
    save(desk(pam), image, caption="Third")
    assert desk(ada).post(page_of(image), posted(late)).status_code == 409


def test_what_only_one_changed_merges_by_itself(
    desk: Any, ada: User, pam: User, image: Image
) -> None:
    opened = form_of(desk(ada), image, caption="Ada's caption", focal_x="20")
    theirs = {"credit": "Pam's credit", "decorative": "on", "alt_text": "", "focal_y": "10"}
    save(desk(pam), image, **theirs, not_before="2020-03-01")
    client = desk(ada)
    assert client.post(page_of(image), opened).status_code == 302
    image.refresh_from_db()
    assert (image.caption, image.credit) == ("Ada's caption", "Pam's credit")
    assert (image.alt_text, image.decorative, image.focal) == ("", True, (0.2, 0.1))
    assert image.not_before == date(2020, 3, 1)
    assert "Both edits are in it now" in client.get(page_of(image)).content.decode()


def test_what_is_wrong_when_merged_can_be_put_right(
    desk: Any, ada: User, pam: User, image: Image
) -> None:
    opened = form_of(desk(ada), image, alt_text="A pump house at night")
    save(
        desk(pam), image, alt_text="A pump house", decorative=None, caption="A pump house at night"
    )
    response = desk(ada).post(page_of(image), opened)
    assert "repeats the caption" in str(errors_of(response)["alt_text"])
    again = posted(response, alt_text="Pumps in the dark")
    assert again["caption"] == "A pump house at night"
    assert desk(ada).post(page_of(image), again).status_code == 302


@pytest.mark.parametrize("base", [None, "", "[]", "{", '{"caption": 5}'])
def test_a_form_that_does_not_say_what_it_showed_is_late(
    desk: Any, ada: User, pam: User, image: Image, base: str | None
) -> None:
    opened = form_of(desk(ada), image, caption="Ada's caption", base=base)
    save(desk(pam), image, caption="Pam's caption")
    assert desk(ada).post(page_of(image), opened).status_code == 409


def test_a_form_without_a_version_is_late(desk: Any, ada: User, image: Image) -> None:
    data = form_of(desk(ada), image, loaded=None)
    assert desk(ada).post(page_of(image), data).status_code == 409


# --- what the file said of itself ---


def test_what_the_file_says_stands_beside_its_field(desk: Any, wes: User) -> None:
    said = {"credit": "Photo: <b>Ida</b>", "ai_use": "made", "caption": "By the harbour"}
    image = on_record(suggested=said)
    text = desk(wes).get(page_of(image)).content.decode()
    assert "The file says: <q>Photo: &lt;b&gt;Ida&lt;/b&gt;</q>" in text
    assert 'data-fill="credit"' in text
    assert "The file says: <q>made by AI</q>" in text
    assert 'data-value="made"' in text
    assert 'data-fill="caption"' not in text  # the field says that already


# --- where it is used ---


def used(client: Any, image: Image) -> Any:
    return client.get(page_of(image)).context_data["uses"]


def test_it_says_where_a_picture_is_used(desk: Any, pam: User, image: Image) -> None:
    hero = published(pam, hero=image)
    text = make_article("In passing", by=pam)
    TextPicture.objects.create(article=text, image=image)
    nora = make_author("Nora Vale")
    nora.portrait = image
    nora.save()
    found = used(desk(pam), image)
    assert {piece.title: piece.ways for piece in found.pieces} == {
        "Pump house": ["hero", "readers see it"],
        "In passing": ["in the text"],
    }
    assert [name for name, _ in found.authors] == ["Nora Vale"]
    page = desk(pam).get(page_of(image)).content.decode()
    assert f'<a href="/admin/trends/article/{hero.pk}/change/">Pump house</a>' in page


def test_pieces_of_others_are_counted_only(desk: Any, wes: User, ada: User, image: Image) -> None:
    make_article("Secret of Ada", by=ada, hero=image)
    make_article("Mine", by=wes, hero=image)
    found = used(desk(wes), image)
    assert ([piece.title for piece in found.pieces], found.hidden) == (["Mine"], 1)
    page = desk(wes).get(page_of(image)).content.decode()
    assert "1 piece more" in page
    assert "Secret of Ada" not in page


def test_an_earlier_edition_counts(desk: Any, pam: User, image: Image) -> None:
    article = published(pam, hero=image)
    article.lock()
    article.hero = on_record(alt_text="Another")
    article.save()
    article.record_revision(by=pam)
    article.submit(by=pam)
    article.approve(by=pam)
    article.publish(by=pam)
    found = used(desk(pam), image)
    assert [piece.ways for piece in found.pieces] == [["in another edition"]]
    assert found.is_published


# --- one after the other ---


def test_save_and_next_leads_to_what_needs_words(desk: Any, wes: User, image: Image) -> None:
    bare = on_record(alt_text="")
    response = save(desk(wes), image, _next="1", caption="At night")
    assert response.url == page_of(bare)
    image.refresh_from_db()
    assert image.caption == "At night"


def test_without_another_one_there_is_no_next(desk: Any, wes: User, image: Image) -> None:
    assert 'name="_next"' not in desk(wes).get(page_of(image)).content.decode()
    assert save(desk(wes), image, _next="1", caption="At night").url == "/admin/trends/image/"
