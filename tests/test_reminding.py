"""Reminders: the right people are told once; pictures go when their rights end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.public.conftest import READY, make_picture
from trends.models import Article, FileDeletion, Image, Notice
from trends.models.making import make_article
from trends.models.reminding import remind_of_reviews, remind_of_rights, withdraw_pictures

DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def live(by: User, **content: Any) -> Article:
    return make_article("A pump house", by=by, publish=True, **READY | content)


def told() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("user").values_list("user__username", "kind"))


def reviews() -> None:
    remind_of_reviews("", {}, timezone.now())


def rights() -> None:
    remind_of_rights("", {}, timezone.now())


def test_it_works(wes: User, ada: User) -> None:
    live(wes, review_by=today())
    reviews()
    reviews()
    assert told() == [("wes", "reminder")]
    assert f"looked at again by {today()}" in Notice.objects.get().text


def test_a_new_day_is_a_new_reminder(wes: User) -> None:
    live(wes, review_by=today() - DAY)
    reviews()
    Article.objects.update(review_by=today())
    reviews()
    assert len(told()) == 2


def test_nobody_is_told_too_early_nor_of_a_draft(wes: User) -> None:
    live(wes, review_by=today() + DAY)
    make_article("A draft", by=wes, review_by=today())
    reviews()
    assert told() == []


def test_editors_are_told_where_the_owner_has_left(wes: User, ada: User, pam: User) -> None:
    live(wes, review_by=today())
    User.objects.filter(pk=wes.pk).update(is_active=False)
    reviews()
    assert told() == [("ada", "reminder"), ("pam", "reminder")]


# --- rights of pictures ---


@pytest.fixture
def ending(wes: User, ada: User) -> Image:
    """A picture whose rights end in two weeks, in a live piece."""
    picture = make_picture(rights_expire_on=today() + 14 * DAY)
    live(wes, hero=picture)
    return picture


def test_editors_are_told_once_that_rights_end(ending: Image) -> None:
    rights()
    rights()
    assert told() == [("ada", "reminder")]
    text = Notice.objects.get().text
    assert str(ending.rights_expire_on) in text
    assert "“A pump house”" in text


def test_the_setting_says_how_early(ending: Image, settings: Any) -> None:
    settings.NEWSROOM_RIGHTS_REMINDER = 13
    rights()
    assert told() == []


def test_rights_that_were_renewed_are_told_of_again(ending: Image) -> None:
    rights()
    Image.objects.update(rights_expire_on=today() + 3 * DAY)
    rights()
    assert len(told()) == 2


def test_a_picture_in_the_text_counts_and_one_that_nobody_sees_does_not(
    wes: User, ada: User
) -> None:
    inside = make_picture(rights_expire_on=today())
    live(wes, context=f'<p>See.</p><figure data-picture="{inside.pk}"></figure>')
    make_picture(rights_expire_on=today())
    rights()
    assert len(told()) == 1


def test_public_files_go_when_rights_have_ended(
    ending: Image, django_capture_on_commit_callbacks: Any
) -> None:
    name = ending.renditions["hero"][0]["name"]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_pictures("", {}, timezone.now())
    assert default_storage.exists(name)
    Image.objects.update(rights_expire_on=today() - DAY)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            withdraw_pictures("", {}, timezone.now())
        assert not default_storage.exists(name)
    assert not FileDeletion.objects.due(timezone.now()).exists()
