"""“Checked, still true” on the desk, and the day to look again in the form of a piece."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.admin.forms import page_url, posted, save
from trends.models import Article, Topic
from trends.models.making import make_article

STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


@pytest.fixture
def piece(ada: User) -> Article:
    return make_article("Robots", by=ada, standfirst=STANDFIRST, lede="So.", publish=True)


def test_it_works(desk: Any, ada: User, piece: Article) -> None:
    room, url = desk(ada), page_url(piece, "confirm")
    next_look = timezone.localdate() + timedelta(days=365)
    assert f'value="{next_look}"' in room.get(url).text
    data = {"version": piece.version, "review_by": "2999-05-01", "note": "Asked the works."}
    done = room.post(url, data, follow=True)
    assert "Checked. Readers see the day." in done.text
    assert 'Look again by <time datetime="2999-05-01">' in done.text
    assert "Last checked on" in done.text
    history = room.get(page_url(piece, "history")).text
    assert "Checked, still true" in history
    assert "Look again by 2999-05-01" in history


def test_no_day_is_a_choice(desk: Any, ada: User, piece: Article) -> None:
    desk(ada).post(page_url(piece, "confirm"), {"version": piece.version, "review_by": ""})
    piece.refresh_from_db()
    assert piece.review_by is None
    assert piece.transitions.filter(verb="confirm").exists()


@pytest.mark.parametrize(("typed", "status"), [("yesterday", 200), ("2001-01-01", 409)])
def test_a_wrong_day_is_refused(
    desk: Any, ada: User, piece: Article, typed: str, status: int
) -> None:
    data = {"version": piece.version, "review_by": typed}
    assert desk(ada).post(page_url(piece, "confirm"), data).status_code == status
    assert not piece.transitions.filter(verb="confirm").exists()


def test_the_day_stands_in_the_form(desk: Any, ada: User, piece: Article) -> None:
    version = piece.version
    assert save(desk(ada), piece, review_by="2030-05-01").status_code == 302
    piece.refresh_from_db()
    assert str(piece.review_by) == "2030-05-01"
    assert piece.version == version + 1
    assert piece.revisions.count() == 1


def test_who_set_the_day_stands_in_the_history(desk: Any, ada: User, piece: Article) -> None:
    client = desk(ada)
    for day in ("2030-05-01", "2030-05-01", "2030-06-01", ""):
        save(client, piece, review_by=day)
    events = client.get(page_url(piece, "history")).context_data["events"]
    found = [(e.who, e.details) for e in events if e.what == "Day to look again"]
    assert found == [
        ("Ada", ["Look again by: from 2030-06-01 to none"]),
        ("Ada", ["Look again by: from 2030-05-01 to 2030-06-01"]),
        ("Ada", ["Look again by: from none to 2030-05-01"]),
    ]


def test_a_late_form_does_not_set_it_back(desk: Any, ada: User, pam: User, piece: Article) -> None:
    late = posted(desk(pam).get(page_url(piece)), title="Robots move")
    save(desk(ada), piece, review_by="2030-05-01")
    assert desk(pam).post(page_url(piece), late).status_code == 302
    piece.refresh_from_db()
    assert (str(piece.review_by), piece.title) == ("2030-05-01", "Robots move")


def test_a_topic_says_when_its_pieces_get_old(desk: Any, ada: User) -> None:
    topic = Topic.objects.create(name="Robots", slug="robots")
    data = {"name": "Robots", "slug": "robots", "ages_after": "3"}
    desk(ada).post(f"/admin/trends/topic/{topic.pk}/change/", data)
    topic.refresh_from_db()
    assert topic.ages_after == 3
