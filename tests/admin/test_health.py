"""Site health: what readiness finds in live pieces, by rule."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.admin import health
from trends.models import Article, Assignment
from trends.models.making import make_article, make_author

HEALTH = "/admin/trends/article/health/"
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."


def publish(title: str, **content: Any) -> Article:
    content = {"standfirst": STANDFIRST, "lede": "So it is."} | content
    return make_article(title, publish=True, **content)


def rule(client: Any, code: str) -> str:
    return str(client.get(f"{HEALTH}?rule={code}").content.decode())


def owe(client: Any, code: str, *chosen: Article, **fields: Any) -> Any:
    data = {"_selected_action": [article.pk for article in chosen]} | fields
    return client.post(f"{HEALTH}?rule={code}", data, follow=True)


def test_live_pieces_are_counted_by_rule(desk: Any, ada: User) -> None:
    publish("One")
    publish("Two", context="It began long ago.")
    make_article("A draft")
    client = desk(ada)
    text = client.get(HEALTH).content.decode()
    assert "All 2 live pieces checked" in text
    counts = {row.code: row.count for row in client.get(HEALTH).context["found"]}
    assert (counts["context-pending"], counts["analysis-pending"]) == (1, 2)
    assert "title-empty" not in counts


def test_what_stops_publishing_stands_first(desk: Any, ada: User) -> None:
    publish("One", author=[make_author("Bo Ek", bio="Writes.")])
    make_author("A. Lee")
    article = publish("Two", author=[make_author("C. Lee", bio="Writes.")])
    article.bylines.get().author.__class__.objects.filter(name="C. Lee").update(unresolved=True)
    first = desk(ada).get(HEALTH).context["found"][0]
    assert (first.code, first.count) == ("author-unresolved", 1)
    assert "Resolve the names" in rule(desk(ada), "author-unresolved")


def test_a_rule_lists_its_pieces_with_the_way_to_the_field(desk: Any, ada: User) -> None:
    article = publish("One")
    publish("Two", context="It began long ago.")
    text = rule(desk(ada), "context-pending")
    assert f"/admin/trends/article/{article.pk}/change/#section-context" in text
    assert "Two" not in text


def test_a_rule_that_finds_nothing_says_so(desk: Any, ada: User) -> None:
    publish("One")
    text = rule(desk(ada), "title-empty")
    assert "No piece here has this fault any more: The title is empty." in text
    assert "All 1 live piece checked" in rule(desk(ada), "no-such-rule")


def test_a_section_goes_to_somebody(desk: Any, ada: User, wes: User) -> None:
    one, two = publish("One"), publish("Two")
    day = timezone.localdate() + timedelta(days=3)
    page = owe(desk(ada), "context-pending", one, two, owner=wes.pk, due_on=str(day))
    assert f"Wes has Context of 2 pieces to do, due on {day}." in page.content.decode()
    rows = Assignment.objects.values_list("article", "section", "owner", "due_on")
    assert set(rows) == {(a.pk, "context", wes.pk, day) for a in (one, two)}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"owner": ""}, "This field is required."),
        ({"owner": "987654"}, "There is no such colleague. Select one here."),
        ({"due_on": "soon"}, "This is no date. Enter one like 2031-05-02."),
        ({"due_on": "2001-01-01"}, "This day is over. Enter today or a later day."),
        ({"_selected_action": []}, "Nothing is selected. Tick the pieces that you mean."),
        ({"_selected_action": ["x"]}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_asked_for(
    desk: Any, ada: User, wes: User, fields: dict[str, Any], said: str
) -> None:
    article = publish("One")
    page = owe(desk(ada), "context-pending", article, **{"owner": wes.pk} | fields)
    text = page.content.decode()
    assert said in text
    assert ("checked" in text.split('class="places"')[1]) is ("_selected_action" not in fields)
    assert not Assignment.objects.exists()


def test_only_sections_can_be_given(desk: Any, ada: User, wes: User) -> None:
    article = publish("One")
    assert "Assign the section" not in rule(desk(ada), "topic-missing")
    owe(desk(ada), "topic-missing", article, owner=wes.pk)
    assert not Assignment.objects.exists()


def test_an_author_for_those_without(desk: Any, ada: User) -> None:
    article = publish("One")
    assert 'value="assign_author"' in rule(desk(ada), "author-pending")
    assert 'value="assign_author"' not in rule(desk(ada), "context-pending")
    data = {"action": "assign_author", "_selected_action": [article.pk]}
    page = desk(ada).post("/admin/trends/article/", data)
    assert "Publish the bylines at once" in page.content.decode()


def test_a_large_site_is_checked_in_part(
    desk: Any, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "NEWEST", 2)
    monkeypatch.setattr(health, "SHOWN", 1)
    for title in ("One", "Two", "Three"):
        publish(title)
    client = desk(ada)
    assert "The newest 2 live pieces checked" in client.get(HEALTH).content.decode()
    text = rule(client, "context-pending")
    assert "The newest 1 of 2." in text
    assert "Three" in text
    assert "One" not in text


def test_queries_do_not_grow_with_the_pieces(desk: Any, ada: User) -> None:
    client = desk(ada)

    def cost(pieces: int) -> int:
        for n in range(pieces):
            publish(f"Piece {pieces} {n}", author=[make_author(f"Author {pieces} {n}")])
        with CaptureQueriesContext(connection) as asked:
            client.get(HEALTH)
        return len(asked)

    assert cost(1) == cost(4) <= 15


def test_the_way_there_is_shown_to_editors_only(desk: Any, ada: User, wes: User) -> None:
    assert HEALTH in desk(ada).get("/admin/").content.decode()
    assert HEALTH not in desk(wes).get("/admin/").content.decode()
