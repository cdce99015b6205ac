"""The rail of the form: how each section stands, who owes it, and assigning it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.forms import page_url, posted, save
from tests.people import person
from trends.admin.rail import Rail, owed_words
from trends.models import Article, Assignment
from trends.models.making import make_article

TODAY = date(2026, 12, 5)


def assign(article: Article, section: str, by: User, **fields: Any) -> None:
    Assignment.objects.put(article, section, by=by, now=timezone.now(), **fields)


def rails(client: Any, article: Article) -> dict[str, Rail]:
    page = client.get(page_url(article))
    return {section.name: section.rail for section in page.context_data["sections"]}


def row(article: Article) -> tuple[Any, Any, bool]:
    """Owner, due date and whether it is done, of the one assignment."""
    found = article.assignments.get()
    return found.owner, found.due_on, found.done_at is not None


def test_a_section_is_pending_drafting_or_done(desk: Any, ada: User, wes: User) -> None:
    article = make_article(
        "Norlake", by=ada, lede="It goes.", context="Far.", analysis="Why.",
        not_needed={"actions": "None"},
    )  # fmt: skip
    for section in ("context", "evidence"):
        assign(article, section, ada, owner=wes)
    assign(article, "analysis", ada, owner=wes, done=True)
    found = rails(desk(ada), article)
    states = {name: rail.state for name, rail in found.items()}
    assert states["lede"] == states["analysis"] == "done"
    assert (states["context"], states["evidence"]) == ("drafting", "pending")
    assert (states["actions"], found["actions"].why) == ("not needed", "None")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, "Wes"),
        (TODAY, "Wes, due 5 Dec"),
        (TODAY - timedelta(1), "Wes, due 4 Dec, 1 day late"),
        (TODAY - timedelta(2), "Wes, due 3 Dec, 2 days late"),
        (TODAY + timedelta(30), "Wes, due 4 Jan 2027"),
    ],
)
def test_who_owes_it_in_words(wes: User, due: date | None, words: str) -> None:
    assert owed_words(Assignment(section="context", owner=wes, due_on=due), TODAY) == words


def test_nobody_and_done_in_words(wes: User) -> None:
    assert owed_words(Assignment(due_on=TODAY), TODAY) == "Nobody yet, due 5 Dec"
    done = Assignment(owner=wes, due_on=date(2020, 1, 1), done_at=timezone.now())
    assert owed_words(done, TODAY) == "Wes, done"


def test_an_editor_assigns_in_the_rail(desk: Any, ada: User, wes: User) -> None:
    article = make_article("Norlake", by=ada)
    save(desk(ada), article, owner_context=wes.pk, due_context="2026-12-03")
    assert row(article) == (wes, date(2026, 12, 3), False)
    assert article.transitions.filter(verb="assign", by=ada).count() == 1
    article.refresh_from_db()
    assert article.version == 1


def test_a_new_piece_is_assigned_at_once(desk: Any, ada: User, wes: User) -> None:
    client, url = desk(ada), "/admin/trends/article/add/"
    client.post(url, posted(client.get(url), title="Norlake", owner_lede=wes.pk))
    assert Assignment.objects.get().owner == wes


def test_nothing_is_written_that_this_form_did_not_change(
    desk: Any, ada: User, wes: User, pam: User
) -> None:
    article = make_article("Norlake", by=ada)
    assign(article, "context", ada, owner=wes)
    client = desk(ada)
    old = posted(client.get(page_url(article)), due_context="2026-12-03")
    assign(article, "context", pam, owner=pam, done=True)
    assign(article, "lede", pam, owner=pam)
    client.post(page_url(article), old)
    context = article.assignments.get(section="context")
    assert (context.owner, context.due_on) == (pam, date(2026, 12, 3))
    assert context.done_by == pam
    assert article.assignments.get(section="lede").owner == pam


def test_a_save_without_a_change_records_nothing(desk: Any, ada: User, wes: User) -> None:
    article = make_article("Norlake", by=ada)
    assign(article, "context", ada, owner=wes, due_on=TODAY, done=True)
    save(desk(ada), article, title="Norlake moves")
    assert article.transitions.filter(verb="assign").count() == 1
    assert row(article) == (wes, TODAY, True)


def test_an_assignment_is_taken_back(desk: Any, ada: User, wes: User) -> None:
    article = make_article("Norlake", by=ada)
    assign(article, "context", ada, owner=wes)
    save(desk(ada), article, owner_context="")
    assert not article.assignments.exists()


def test_who_owes_it_says_that_it_is_done(desk: Any, ada: User, wes: User) -> None:
    article = make_article("Norlake", by=ada)
    assign(article, "context", ada, owner=wes)
    save(desk(wes), article, done_context="on")
    assert row(article) == (wes, None, True)
    save(desk(wes), article, done_context=None)
    assert row(article) == (wes, None, False)


def test_a_writer_does_not_assign(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes)
    save(desk(wes), article, owner_context=wes.pk, was_context="||")
    assert not article.assignments.exists()
    assert [field.name for field in rails(desk(wes), article)["context"].plan] == [
        "not_needed_context"
    ]


def test_whoever_has_left_stays_the_owner_until_somebody_changes_it(desk: Any, ada: User) -> None:
    vic, article = person("vic"), make_article("Norlake", by=ada)
    assign(article, "context", ada, owner=vic)
    User.objects.filter(pk=vic.pk).update(is_active=False)
    assert save(desk(ada), article, title="Norlake moves").status_code == 302
    assert row(article)[0] == vic
    response = save(desk(ada), article, owner_lede=99999)
    assert "Select a valid choice" in response.text


def test_nonsense_in_the_hidden_field_changes_nothing(desk: Any, ada: User, wes: User) -> None:
    article = make_article("Norlake", by=ada)
    assign(article, "context", ada, owner=wes)
    for was in ("", "x", "|" * 9):
        save(desk(ada), article, was_context=was, owner_context="")
    assert row(article)[0] == wes


def test_seven_lists_of_the_staff_cost_one_query(desk: Any, ada: User) -> None:
    article, client = make_article("Norlake", by=ada), desk(ada)
    with CaptureQueriesContext(connection) as asked:
        client.get(page_url(article))
    assert sum('WHERE ("auth_user"."is_active"' in query["sql"] for query in asked) == 1


def test_what_is_seldom_used_is_folded_and_says_what_it_holds(desk: Any, ada: User) -> None:
    article = make_article("Norlake", by=ada, slug="norlake", dateline="Norlake", ai_use="none")
    page = desk(ada).get(page_url(article))
    folds = {section.name: section.fold for section in page.context_data["sections"]}
    assert folds["head"].says == "norlake · Analysis · Norlake"
    assert folds["backstory"].says == "no AI"
    assert folds["limits"].says == ""
    assert not any(fold.is_open for fold in folds.values() if fold)


def test_a_fold_opens_over_what_is_wrong(desk: Any, ada: User) -> None:
    response = save(desk(ada), make_article("Norlake", by=ada), embargo="soon")
    folds = {section.name: section.fold for section in response.context_data["sections"]}
    assert folds["limits"].is_open


def test_blank_rows_and_plain_lists_without_a_script(desk: Any, wes: User) -> None:
    article = make_article("Norlake", by=wes)
    page = desk(wes).get(f"{page_url(article)}?blank=2")
    inlines = {i.formset.prefix: i.formset for i in page.context_data["inline_admin_formsets"]}
    assert inlines["key_points"].total_form_count() == 2
    assert "autocomplete" not in str(page.context_data["adminform"].form["topic"])
    assert page.context_data["adminform"].form["topic"].field.widget.widget.input_type == "select"
    for odd in ("x", "-1", "999", ""):
        assert desk(wes).get(f"{page_url(article)}?blank={odd}").status_code == 200
