"""Pictures are deleted with their files, unless something uses them."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.storage import default_storage
from django.db.models import ProtectedError

from tests.admin.pictures import LIBRARY, on_record, page_of, stored
from tests.public.conftest import READY
from trends.models import Image
from trends.models.making import make_article


def delete(client: Any, image: Image) -> Any:
    return client.post(page_of(image, "delete"), {"post": "yes"})


@pytest.mark.django_db(transaction=True)
def test_the_files_go_with_it(desk: Any, pam: User) -> None:
    image = stored(alt_text="A robot")
    name, master = image.renditions["1x1"][0]["name"], str(image.file.name)
    page = desk(pam).get(page_of(image, "delete")).content.decode()
    assert "Nothing uses it" in page
    assert 'class="shown"' in page
    assert delete(desk(pam), image).status_code == 302
    assert not Image.objects.exists()
    assert not default_storage.exists(name)
    assert not image.file.storage.exists(master)


def test_one_in_use_stays_and_the_page_says_where(desk: Any, pam: User) -> None:
    image = on_record()
    make_article("Pump house", by=pam, hero=image)
    page = desk(pam).get(page_of(image, "delete")).content.decode()
    assert "It is used, so it can&#x27;t be deleted" in page or "It is used, so it can't" in page
    assert "Pump house" in page
    assert "Take it out of these first" in page
    assert 'name="post"' not in page
    delete(desk(pam), image)
    assert Image.objects.filter(pk=image.pk).exists()


def test_for_what_was_published_it_says_what_to_do(desk: Any, pam: User) -> None:
    image = on_record()
    make_article("Pump house", by=pam, hero=image, publish=True, **READY)
    assert "let its rights end" in desk(pam).get(page_of(image, "delete")).content.decode()


def test_a_piece_that_the_user_may_not_see_is_not_named(desk: Any, root: User, pam: User) -> None:
    image = on_record()
    make_article("Secret", by=root, hero=image)
    pam.groups.clear()
    pam.user_permissions.add(*permissions("view_image", "delete_image", "view_article"))
    page = desk(pam).get(page_of(image, "delete")).content.decode()
    assert "1 piece" in page
    assert "Secret" not in page


def permissions(*names: str) -> Any:
    return Permission.objects.filter(codename__in=names)


def test_one_that_comes_into_use_meanwhile_stays(
    desk: Any, pam: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = on_record()
    monkeypatch.setattr(Image, "delete", refuse)
    client = desk(pam)
    assert delete(client, image).url == page_of(image)
    assert "is used, so it stays" in client.get(page_of(image)).content.decode()


def refuse(image: Image) -> None:
    raise ProtectedError("used", {image})


# --- many at once ---


def chosen(*images: Image, **data: str) -> dict[str, Any]:
    keys = [image.pk for image in images]
    return {"action": "delete_selected", "_selected_action": keys} | data


def test_the_page_says_which_go_and_which_stay(desk: Any, pam: User) -> None:
    free, used = on_record(alt_text="Free"), on_record(alt_text="Held")
    make_article("Pump house", by=pam, hero=used)
    response = desk(pam).post(LIBRARY, chosen(free, used))
    assert [card.image for card in response.context_data["going"]] == [free]
    assert [card.image for card in response.context_data["staying"]] == [used]
    assert Image.objects.count() == 2


def test_those_in_use_stay_and_are_named(desk: Any, pam: User) -> None:
    free, used = on_record(alt_text="Free"), on_record(alt_text="Held")
    make_article("Pump house", by=pam, hero=used)
    response = desk(pam).post(LIBRARY, chosen(free, used, _delete="1"), follow=True)
    assert list(Image.objects.all()) == [used]
    page = response.content.decode()
    assert "1 picture deleted" in page
    assert "“Held” is used, so it stays." in page


@pytest.mark.django_db(transaction=True)
def test_their_files_go_too(desk: Any, pam: User) -> None:
    image = stored(alt_text="A robot")
    desk(pam).post(LIBRARY, chosen(image, _delete="1"))
    assert not default_storage.exists(image.renditions["1x1"][0]["name"])


def test_a_writer_deletes_none(desk: Any, wes: User) -> None:
    image = on_record()
    desk(wes).post(LIBRARY, chosen(image, _delete="1"))
    assert Image.objects.exists()
