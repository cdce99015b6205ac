"""What the form of a piece costs: queries are pinned, and the number of rows adds none."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.text import slugify

from tests.admin.forms import add_row, page_url, posted, queries_of
from tests.admin.test_rows import NEW
from tests.people import person
from trends.models import Article, Topic
from trends.models.making import make_article, make_author, new_author

OPEN, SAVE = 20, 20
ADD = "/admin/trends/article/add/"


def piece(by: User, rows: int) -> Article:
    """A piece with that many rows of each kind."""
    n = Article.objects.count()
    others = [make_article(f"Other {n} {i}", by=by) for i in range(rows)]
    texts = [f"Row {i}" for i in range(rows)]
    authors = [make_author(f"Author {n} {i}") for i in range(rows)]
    topic, _ = Topic.objects.get_or_create(name="Harbours", slug="harbours")
    return make_article(
        f"Norlake {n}", by=by, lede="It goes. [[E1]]", topic=topic, evidence=texts,
        key_points=texts, actions=texts, author=authors, related=others,
    )  # fmt: skip


def cost(step: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        step()
    return len(queries_of(asked))


def saving(client: Client, article: Article, change: Callable[[dict[str, Any]], Any]) -> int:
    """The cost of opening the form, changing something and saving it, without opening it."""
    page = client.get(page_url(article))
    data = posted(page)
    data |= {"hero": data.get("hero", "")} | hidden(page)
    changed = change(data)

    def save() -> None:
        assert client.post(page_url(article), changed).status_code == 302

    return cost(save)


def hidden(page: Any) -> dict[str, str]:
    """What the page posts that is no field of the form."""
    return {"ticket": page.context_data["unsaved"].ticket}


Form = dict[str, Any]


def author(data: Form) -> Form:
    return add_row(data, "bylines", author=new_author("New").pk)


def link(data: Form) -> Form:
    target = make_article(f"Fresh {Article.objects.count()}", by=User.objects.get())
    return add_row(data, "related_links", target=target.pk)


def all_kinds(data: Form, rows: int = 2) -> Form:
    """New rows of every kind."""
    for _ in range(rows):
        data = add_row(author(link(data)), "evidence", **NEW)
        data = add_row(add_row(data, "actions", text="Read on."), "key_points", text="New")
    return data


def new_topic() -> int:
    name = f"Topic {Topic.objects.count()}"
    return Topic.objects.create(name=name, slug=slugify(name)).pk


def swapped(data: Form) -> Form:
    """The first two authors change places, each in the row of the other."""
    one, two = "bylines-0-author", "bylines-1-author"
    return data | {one: data[two], two: data[one]}


CHANGES: dict[str, Callable[[Form], Form]] = {
    "text": lambda data: data | {"lede": "<p>It stays.</p>"},
    "a row": lambda data: data | {"lede": "<p>It stays.</p>", "evidence-1-claim": "New"},
    "a deleted row": lambda data: data | {"key_points-0-DELETE": "on"},
    "a new row": lambda data: add_row(data, "key_points", text="New"),
    "new evidence": lambda data: add_row(add_row(data, "evidence", **NEW), "evidence", **NEW),
    "a new action": lambda data: add_row(data, "actions", text="Read on."),
    "new authors": lambda data: author(author(data)),
    "new links": lambda data: link(link(data)),
    "another author": lambda data: data | {"bylines-1-author": new_author("New").pk},
    "authors in other places": swapped,
    "changed rows": lambda data: data | {f"evidence-{n}-claim": "New" for n in range(3)},
    "another role": lambda data: data | {"bylines-1-role": "Data"},
    "another topic": lambda data: data | {"topic": new_topic()},
    "another slug": lambda data: data | {"slug": f"{data['slug']}-2"},
    "another day": lambda data: data | {"lede": "<p>It stays.</p>", "review_by": "2031-05-02"},
    "rows of all kinds": all_kinds,
    "nothing": lambda data: data,
}


@pytest.mark.parametrize("name", ["ada", "wes", "pam"])
def test_opening_a_piece(db: None, desk: Any, name: str) -> None:
    user = person(name)
    client, few, many = desk(user), piece(user, 2), piece(user, 12)
    client.get(page_url(few))  # what is asked once a process
    found = [cost(lambda: client.get(page_url(few))), cost(lambda: client.get(page_url(many)))]
    assert found[0] == found[1]
    assert found[0] <= OPEN


@pytest.mark.parametrize("name", ["ada", "wes"])
@pytest.mark.parametrize("change", CHANGES)
def test_saving_a_piece(db: None, desk: Any, name: str, change: str) -> None:
    user = person(name)
    client, few, many = desk(user), piece(user, 3), piece(user, 6)
    found = [saving(client, article, CHANGES[change]) for article in (few, many)]
    assert found[0] == found[1]
    assert found[0] <= SAVE


@pytest.mark.parametrize("name", ["ada", "wes"])
def test_a_new_piece(db: None, desk: Any, name: str) -> None:
    client = desk(person(name))
    client.get(ADD)  # what is asked once a process
    assert cost(lambda: client.get(ADD)) <= OPEN
    found = [adding(client, add) for add in (lambda form: form, all_kinds, five_of_each)]
    assert found[0] <= SAVE
    assert found[1] == found[2] <= SAVE


def adding(client: Client, change: Callable[[Form], Form]) -> int:
    """The cost of saving a new piece, without opening the form."""
    page = client.get(ADD)
    topic, _ = Topic.objects.get_or_create(name="Harbours", slug="harbours")
    title = f"Quay {Article.objects.count()}"
    data = posted(page, title=title, lede="<p>It goes.</p>", topic=topic.pk) | hidden(page)
    data = change(data)
    made = Article.objects.count()
    found = cost(lambda: client.post(ADD, data))
    assert Article.objects.count() == made + 1
    return found


def five_of_each(data: Form) -> Form:
    return all_kinds(data, rows=5)
