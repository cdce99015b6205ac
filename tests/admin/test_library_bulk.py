"""Credit and licence of many pictures at once."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from tests.admin.pictures import LIBRARY, on_record, stored
from tests.people import person
from tests.public.conftest import READY
from trends.admin.image_bulk import edit
from trends.models import Image
from trends.models.making import make_article


def ask(client: Any, *images: Image, **data: str) -> Any:
    keys = [image.pk for image in images]
    return client.post(LIBRARY, {"action": "edit_rights", "_selected_action": keys} | data)


def change(client: Any, *images: Image, **data: str) -> Any:
    return ask(client, *images, _edit="1", **data)


def said(client: Any) -> str:
    return str(client.get(LIBRARY).content.decode())


def test_what_is_ticked_is_set_for_all(desk: Any, wes: User) -> None:
    images = stored(), stored(colour="red", licence="CC BY 4.0")
    client = desk(wes)
    assert ask(client, *images).status_code == 200
    change(client, *images, change_credit="on", credit="Photo: Ida Holm")
    for image in images:
        before = image.renditions
        image.refresh_from_db()
        assert (image.credit, image.version) == ("Photo: Ida Holm", 1)
        assert image.renditions["1x1"] != before["1x1"]
    assert images[1].licence == "CC BY 4.0"
    assert "2 pictures: the credit changed." in said(client)


def test_several_fields_at_once(desk: Any, wes: User) -> None:
    image = on_record(renditions={})
    change(
        desk(wes), image, change_creator="on", creator="Ida Holm", change_licence="on",
        licence="CC BY 4.0", change_rights_expire_on="on", rights_expire_on="2030-01-02",
    )  # fmt: skip
    image.refresh_from_db()
    assert (image.creator, image.licence) == ("Ida Holm", "CC BY 4.0")
    assert image.rights_expire_on == date(2030, 1, 2)


def test_a_tick_without_words_empties(desk: Any, wes: User) -> None:
    image = on_record()
    change(desk(wes), image, change_credit="on", credit="")
    image.refresh_from_db()
    assert image.credit == ""


@pytest.mark.parametrize("data", [{"credit": "Ida"}, {}, {"change_rights_expire_on": "on",
                                                         "rights_expire_on": "soon"}])  # fmt: skip
def test_what_is_unclear_is_asked_about(desk: Any, wes: User, data: dict[str, str]) -> None:
    image = on_record()
    response = change(desk(wes), image, **data)
    assert response.context_data["form"].errors
    image.refresh_from_db()
    assert (image.credit, image.version) == ("Ida Holm", 0)


def test_what_says_so_already_is_left_alone(desk: Any, wes: User) -> None:
    image = on_record()
    client = desk(wes)
    change(client, image, change_credit="on", credit="Ida Holm")
    image.refresh_from_db()
    assert image.version == 0
    assert "Nothing is changed" in said(client)


def test_what_readers_need_is_not_taken_away(desk: Any, pam: User) -> None:
    live, free = on_record(alt_text="The live one"), on_record(alt_text="The other")
    make_article("Pump house", by=pam, hero=live, publish=True, **READY)
    client = desk(pam)
    change(client, live, free, change_credit="on", credit="")
    live.refresh_from_db()
    free.refresh_from_db()
    assert (live.credit, free.credit) == ("Ida Holm", "")
    assert "Not changed. The live one: Readers get this picture" in said(client)


def test_when_the_time_is_over_the_files_follow(db: None) -> None:
    images = [stored(), stored(colour="red")]
    outcome = edit([image.pk for image in images], {"credit": "Ida Holm"}, seconds=-1)
    assert (outcome.changed, outcome.later) == (2, 2)
    assert [image.lacks_files for image in Image.objects.all()] == [True, True]


def test_the_message_says_how_many_follow(
    desk: Any, wes: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trends.admin.image_bulk.make_files", lambda image: False)
    client = desk(wes)
    change(client, stored(), change_credit="on", credit="Ida Holm")
    assert "The files of 1 follow with the next housekeeping" in said(client)


def test_one_that_is_gone_is_passed_over(db: None) -> None:
    image = on_record()
    assert edit([987654, image.pk], {"licence": "CC0"}, seconds=-1).changed == 1


def test_who_may_only_look_changes_nothing(desk: Any, db: None) -> None:
    otto = person("otto")
    image = on_record()
    otto.user_permissions.add(*view_image())
    change(desk(otto), image, change_credit="on", credit="Mine")
    image.refresh_from_db()
    assert image.credit == "Ida Holm"


def view_image() -> Any:
    return Permission.objects.filter(codename="view_image")
