"""Two people at one piece, again and again: no update is lost, and whoever has to decide has
both texts. The control: the stock admin, in the same race, loses one of the two every time.

RACES=200 in the environment runs two hundred of each kind; a run for every day makes do with less.
"""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import transaction
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from tests.admin.forms import add_row
from tests.admin.racing import Form, Race, at_once, report
from tests.workflow.conftest import READY
from trends.admin.assign import assign_author
from trends.admin.merged_post import arrive
from trends.models import Article, Autosave, Refused
from trends.models.making import make_author

pytestmark = pytest.mark.django_db(transaction=True)
RACES = int(os.environ.get("RACES", "30"))
THREADED = max(RACES // 10, 5)  # each draws a page or starts threads


@pytest.fixture
def race() -> Race:
    return Race()


def in_turn(first: Any, second: Any) -> Iterator[tuple[Any, Any]]:
    """(n, both in an order that changes): now one is first, now the other."""
    for n in range(RACES):
        yield n, (first, second) if n % 2 else (second, first)


def test_different_fields(race: Race) -> None:
    clients = {"lede": race.client(race.ada), "analysis": race.client(race.pam)}
    lost = 0
    for n, names in in_turn("lede", "analysis"):
        form = race.opened()
        for name in names:
            assert race.post(clients[name], form | {name: f"<p>{name} {n}</p>"}).status_code == 302
        now = race.now()
        lost += sum(getattr(now, name) != f"<p>{name} {n}</p>" for name in names)
    report("Different fields", RACES, lost)
    assert lost == 0
    assert race.article.revisions.count() == 2 * RACES + 1


def test_the_same_field(race: Race) -> None:
    """Whoever comes second gets a page with both texts, and nothing is saved."""
    ada, pam = race.client(race.ada), race.client(race.pam)
    asked = 0
    for n in range(THREADED):
        form = race.opened()
        assert race.post(pam, form | {"lede": f"<p>Pamela {n}</p>"}).status_code == 302
        page = race.post(ada, form | {"lede": f"<p>Adalina {n}</p>", "title": f"Norlake {n}"})
        text = page.content.decode()
        asked += page.status_code == 409 and "Pamela" in text and f"&lt;p&gt;Adalina {n}" in text
        assert race.now().lede == f"<p>Pamela {n}</p>"
    report("The same field", THREADED, THREADED - asked, asked)
    assert asked == THREADED


def test_rows(race: Race) -> None:
    """One edits a row and adds one, the other edits, moves and deletes."""
    ada, pam = race.client(race.ada), race.client(race.pam)
    lost = 0
    for n, order in in_turn("ada", "pam"):
        form = race.opened()
        last = int(form["key_points-TOTAL_FORMS"]) - 1
        gone = {f"key_points-{last}-DELETE": "on"} if last > 1 else {}
        forms = {
            "ada": add_row(form | {"key_points-0-text": f"Ada {n}"}, "key_points", text=f"New {n}"),
            "pam": form | gone | {"evidence-1-claim": f"Pam {n}"},
        }
        for name in order:
            client = ada if name == "ada" else pam
            assert race.post(client, forms[name]).status_code == 302
        points = list(race.article.key_points.values_list("text", flat=True))
        claims = list(race.article.evidence.values_list("claim", flat=True))
        lost += points != [f"Ada {n}", "Two", f"New {n}"] or f"Pam {n}" not in claims
    report("Rows", RACES, lost)
    assert lost == 0


def test_an_author_assigned_in_bulk(race: Race) -> None:
    ada = race.client(race.ada)
    authors, lost = [make_author("Ines Vale"), make_author("Tom Reed")], 0
    for n, order in in_turn("assign", "save"):
        form = race.opened() | {"lede": f"<p>Ada {n}</p>"}
        author = authors[n % 2]
        for step in order:
            if step == "save":
                assert race.post(ada, form).status_code == 302
            else:
                pieces = Article.objects.all()
                assign_author(pieces, author, by=race.pam, role="", add=False, publish=False)
        names = list(race.article.bylines.values_list("author__name", flat=True))
        lost += names != [author.name] or race.now().lede != f"<p>Ada {n}</p>"
    report("Author assigned in bulk", RACES, lost)
    assert lost == 0


def test_autosave(race: Race) -> None:
    """What Ada typed is kept while Pam saves; brought back and saved, both are there."""
    ada, pam = race.client(race.ada), race.client(race.pam)
    place, lost = f"article:{race.article.pk}:k1", 0
    for n in range(RACES):
        form = race.opened()
        kept = urlencode(form | {"lede": f"<p>Ada {n}</p>"})
        now = timezone.now()
        Autosave.objects.keep(race.ada.pk, place, race.article.pk, form=kept, now=now)
        assert race.post(pam, form | {"analysis": f"<p>Pam {n}</p>"}).status_code == 302
        assert race.post(ada, brought_back(race, place)).status_code == 302
        now_saved = race.now()
        lost += (now_saved.lede, now_saved.analysis) != (f"<p>Ada {n}</p>", f"<p>Pam {n}</p>")
    report("Autosave", RACES, lost)
    assert lost == 0


def brought_back(race: Race, place: str) -> Form:
    """What the form holds when a kept text is brought back (test_autosave.py draws the page)."""
    form = QueryDict(Autosave.objects.get(place=place).form, mutable=True)
    form["_restored"] = "1"
    with transaction.atomic():
        arrival = arrive(Article.objects.select_for_update().get(), form)
    assert not arrival.conflicts
    return {name: value for name, value in arrival.data.items() if name != "_restored"}


def test_publishing(db: None) -> None:
    """Readers get a text that was saved as a whole; the text that was typed is saved."""
    race = Race(**READY)
    ada, lost, refused = race.client(race.ada), 0, 0
    for n, order in in_turn("publish", "save"):
        form = race.opened() | {"lede": f"<p>Ada {n}</p>", "analysis": f"<p>And {n}</p>"}
        seen = race.article.version
        for step in order:
            if step == "save":
                assert race.post(ada, form).status_code == 302
            else:
                refused += not published(race, seen)
        lost += race.now().lede != f"<p>Ada {n}</p>" or not is_whole(race)
    report("Publishing", RACES, lost, refused)
    assert lost == 0
    assert (refused, race.article.editions.count()) == (RACES // 2, RACES // 2)


def published(race: Race, seen: int) -> bool:
    try:
        race.now().publish_now(by=race.pam, version=seen)
    except Refused:
        return False
    return True


def is_whole(race: Race) -> bool:
    edition = race.article.editions.order_by("live_from").last()
    if edition is None:
        return True
    saved = edition.revision.content
    return all(edition.content[n]["text"] == saved[n]["text"] for n in ("lede", "analysis"))


# --- the same in real threads ---


def test_in_threads(race: Race) -> None:
    ada, pam, lost = race.client(race.ada), race.client(race.pam), 0
    for n in range(THREADED):
        form = race.opened()
        mine = form | {"lede": f"<p>Ada {n}</p>", "key_points-0-text": f"Ada {n}"}
        theirs = form | {"analysis": f"<p>Pam {n}</p>", "key_points-1-text": f"Pam {n}"}
        answers = at_once(lambda m=mine: race.post(ada, m), lambda t=theirs: race.post(pam, t))
        assert [answer.status_code for answer in answers] == [302, 302]
        now = race.now()
        points = list(now.key_points.values_list("text", flat=True))
        lost += (now.lede, now.analysis) != (f"<p>Ada {n}</p>", f"<p>Pam {n}</p>")
        lost += points != [f"Ada {n}", f"Pam {n}"]
    report("In threads", THREADED, lost)
    assert lost == 0


def test_publishing_in_threads(db: None) -> None:
    race = Race(**READY)
    ada, lost = race.client(race.ada), 0
    for n in range(THREADED):
        form = race.opened() | {"lede": f"<p>Ada {n}</p>", "analysis": f"<p>And {n}</p>"}
        seen = race.article.version
        answer, _ = at_once(lambda f=form: race.post(ada, f), lambda s=seen: published(race, s))
        assert answer.status_code == 302
        lost += race.now().lede != f"<p>Ada {n}</p>" or not is_whole(race)
    report("Publishing in threads", THREADED, lost)
    assert lost == 0
    assert race.article.editions.exists() or THREADED < 10  # some of them came first


# --- the control ---


class Stock(ModelAdmin):
    """What Django gives without our doing."""

    fields = ("title", "slug", "kind", "lede", "analysis")


def test_the_stock_admin_loses_updates(race: Race) -> None:
    admin, lost = Stock(Article, AdminSite()), 0
    for n, names in in_turn("lede", "analysis"):
        before = race.now()
        form = {name: getattr(before, name) for name in Stock.fields}
        for name in names:
            request = RequestFactory().post("/", form | {name: f"<p>{name} {n}</p>"})
            request.user, request._dont_enforce_csrf_checks = race.pam, True  # type: ignore[attr-defined]
            request._messages = CookieStorage(request)  # type: ignore[attr-defined]
            assert admin.changeform_view(request, str(before.pk)).status_code == 302
        now = race.now()
        lost += any(getattr(now, name) != f"<p>{name} {n}</p>" for name in names)
    report("The stock admin", RACES, lost)
    assert lost == RACES
