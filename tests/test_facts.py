"""What readiness is told of a piece, and what asking for it costs."""

from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trends.models import Article, Note
from trends.models.facts import gather, gather_all
from trends.models.making import make_article, make_author

LEDE = "Helvar Robotics said on Monday that it will close its works at Saltby and build anew."


def full(title: str, target: Article, **changes: Any) -> Article:
    author = make_author(f"Author of {title}")
    return make_article(title, lede=LEDE, author=[author], related=[target], **changes)


def queries(pairs: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        gather_all(pairs, now=timezone.now())
    return len(asked)


def test_open_notes_are_counted(ada: User) -> None:
    article, now = make_article("A piece"), timezone.now()
    for text in ("Who says so?", "And when?"):
        note = Note.objects.create(article=article, text=text, at=now, by=ada)
    Note.objects.create(article=make_article("Another"), text="No.", at=now, by=ada)
    assert gather(article, article.snapshot(), now=now).open_notes == 2
    note.close(by=ada, now=now)
    assert gather(article, article.snapshot(), now=now).open_notes == 1


def test_each_of_many_gets_its_own(wes: User, ada: User) -> None:
    target = make_article("Not public")
    one = full("One", target, by=wes)
    two = make_article("Two", by=ada, author=[make_author("Ada Marlow", unresolved=True)])
    now = timezone.now()
    first, second = gather_all([(a, a.snapshot()) for a in (one, two)], now=now)
    assert (first.hidden_targets, second.hidden_targets) == ({target.pk: "Not public"}, {})
    assert (first.writer_ids, second.writer_ids) == ({wes.pk}, {ada.pk})
    assert (first.unresolved_authors, second.unresolved_authors) == ((), ("Ada Marlow",))
    assert first == gather(one, one.snapshot(), now=now)


def test_many_cost_no_more_queries_than_one(db: None) -> None:
    target = make_article("Not public")
    pairs = [(a, a.snapshot()) for a in (full(f"Piece {n}", target) for n in range(5))]
    assert queries(pairs[:1]) == queries(pairs) <= 7


def test_a_piece_that_links_nowhere_costs_less(db: None) -> None:
    article = make_article("Only a title")
    assert queries([(article, article.snapshot())]) == 2  # who wrote it, open notes
