"""Two merge names at once, or one merges while the other saves: nobody is left behind under a
name that is gone, and no work of either is lost."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from tests.admin.forms import add_row
from tests.admin.racing import Race, at_once
from tests.admin.test_races import THREADED
from trends.models import Article, Author, Byline, Refused, Topic
from trends.models.making import make_article, make_author
from trends.models.merging import merge_author, merge_topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def race() -> Race:
    return Race()


def merging(old: Author, into: Author) -> Callable[[], str]:
    """A merge, and what it says where it is refused."""

    def merge() -> str:
        try:
            merge_author(old, into, by=None, now=timezone.now())
        except Refused as refused:
            return str(refused)
        return ""

    return merge


def people(n: int) -> tuple[Author, Author, Author]:
    return make_author(f"A {n}"), make_author(f"B {n}"), make_author(f"C {n}")


def names(article: Article) -> list[str]:
    return list(article.bylines.values_list("author__name", flat=True))


def is_in_order(article: Article) -> bool:
    """The last revision is what the working copy says."""
    article = Article.objects.get(pk=article.pk)
    last = article.latest_revision
    return last is not None and last.content == article.snapshot()


def test_the_same_name_into_two(race: Race) -> None:
    for n in range(THREADED):
        old, one, two = people(n)
        piece = make_article(f"Piece {n}", author=[old])
        said = at_once(merging(old, one), merging(old, two))
        assert sorted(bool(words) for words in said) == [False, True]
        assert "is merged into" in "".join(said)
        assert names(piece) == [(two if said[0] else one).name]
        assert is_in_order(piece)


def test_each_into_the_other(race: Race) -> None:
    for n in range(THREADED):
        one, two, _ = people(n)
        piece = make_article(f"Piece {n}", author=[one, two])
        said = at_once(merging(one, two), merging(two, one))
        assert sorted(bool(words) for words in said) == [False, True]
        assert names(piece) == [(one if said[0] else two).name]
        assert is_in_order(piece)


def test_a_chain_is_one_hop(race: Race) -> None:
    """A into B while B goes into C: A is C, or is refused and still itself."""
    for n in range(THREADED):
        a, b, c = people(n)
        piece = make_article(f"Piece {n}", author=[a])
        other = make_article(f"Other {n}", author=[b])
        first, second = at_once(merging(a, b), merging(b, c))
        assert not second
        assert names(other) == [c.name]
        assert names(piece) == [(a if first else c).name]
        a.refresh_from_db()
        assert a.merged_into == (None if first else c)
        assert is_in_order(piece)
        assert is_in_order(other)


@pytest.mark.parametrize("stood_there", [True, False])
def test_a_save_that_names_who_is_merged(race: Race, stood_there: bool) -> None:
    """The form was opened before; it adds the name, or another text beside it."""
    client = race.client(race.ada)
    for n in range(THREADED):
        old, into, _ = people(n)
        race.article.bylines.all().delete()
        if stood_there:
            race.article.bylines.create(author=old)
        Article.objects.get(pk=race.article.pk).record_revision(by=race.pam)
        form = race.opened() | {"lede": f"<p>Ada {n}</p>"}
        if not stood_there:
            form = {key: value for key, value in form.items() if not key.startswith("bylines-")}
            form |= {"bylines-TOTAL_FORMS": "0", "bylines-INITIAL_FORMS": "0"}
            form = add_row(form, "bylines", author=str(old.pk), role="")
        answer, said = at_once(lambda f=form: race.post(client, f), merging(old, into))
        assert (answer.status_code, said) == (302, "")
        assert race.now().lede == f"<p>Ada {n}</p>"
        assert names(race.article) == [into.name]
        assert is_in_order(race.article)
        assert not Byline.objects.filter(author=old).exists()


def test_an_author_assigned_while_merged(race: Race) -> None:
    """Other ways of naming somebody meet the same lock."""
    for n in range(THREADED):
        old, into, _ = people(n)
        at_once(lambda who=old: credit(race.article, who), merging(old, into))
        assert names(race.article) == [into.name]
        assert is_in_order(race.article)


def credit(article: Article, author: Author) -> None:
    """By a script: restore() and bulk actions do the same."""
    content = Article.objects.get(pk=article.pk).snapshot()
    row = {"key": "0" * 16, "author": author.pk, "role": ""}
    content["author"]["rows"] = [row]
    with transaction.atomic():
        piece = Article.objects.get(pk=article.pk)
        piece.lock()
        piece.apply(content, sections=["author"])
        piece.record_revision(by=None)


def test_a_save_under_a_topic_that_is_merged(race: Race) -> None:
    client = race.client(race.ada)
    for n in range(THREADED):
        old, into = (Topic.objects.create(name=f"{x} {n}", slug=f"{x}-{n}") for x in "ab")
        form = race.opened() | {"topic": str(old.pk), "lede": f"<p>Ada {n}</p>"}
        answer, _ = at_once(
            lambda f=form: race.post(client, f),
            lambda o=old, i=into: merge_topic(o, i, by=None, now=timezone.now()),
        )
        assert answer.status_code == 302
        assert (race.now().topic, race.now().lede) == (into, f"<p>Ada {n}</p>")
        assert is_in_order(race.article)
