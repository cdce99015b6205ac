"""Kinship: which pieces are about the same thing, from plain data."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from trends import kinship
from trends.kinship import Pool, Told, Vocabulary, counted

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FILLER = "the town said that it will pay for some of it and then for the rest of it"


def told(pk: int, text: str, *, topic: int | None = None, days: int = 0, **fields: Any) -> Told:
    authors = frozenset(fields.get("authors", ()))
    words = counted(fields.get("title", ""), "", f"{text} {FILLER}")
    return Told(pk, topic, authors, NOW - timedelta(days=days), words)


def kin_of(first: Told, *others: Told) -> list[int]:
    pieces = sorted([first, *others], key=lambda one: one.at, reverse=True)
    vocabulary = Vocabulary()
    for piece in pieces:
        vocabulary.learn(piece.words)
    pool = Pool(vocabulary)
    for piece in pieces:
        pool.add(piece)
    return [kin.pk for kin in pool.kin(first)]


def far(start: int = 90) -> list[Told]:
    """Pieces about other things, so that a word of two is a rare one."""
    return [told(start + n, f"matter{n} thing{n} subject{n}", days=n) for n in range(9)]


def test_rare_words_bring_pieces_together() -> None:
    first = told(1, "The tidal turbine of Havn turns in the sound")
    same = told(2, "A tidal turbine turned for the first time in the sound")
    assert kin_of(first, same, *far()) == [2]


def test_words_that_all_have_do_not() -> None:
    assert kin_of(told(1, ""), *far()) == []


def test_a_topic_is_enough_and_an_author_alone_is_not() -> None:
    by_ines = told(3, "Nothing of it", authors=[7])
    assert kin_of(told(1, "Tides", topic=5, authors=[7]), told(2, "Ice", topic=5), by_ines) == [2]


def test_no_topic_is_not_the_same_topic() -> None:
    assert kin_of(told(1, "Tides"), told(2, "Ice"), *far()) == []


def test_same_topic_and_author_come_nearer_and_old_pieces_less_near() -> None:
    others = [
        told(2, "Ice", topic=5, days=2),
        told(3, "Snow", topic=5, authors=[7], days=3),
        told(4, "Fog", topic=5, days=800),
    ]
    assert kin_of(told(1, "Tides", topic=5, authors=[7], days=1), *others, *far()) == [3, 2, 4]


def test_of_equals_the_newer_one_comes_first() -> None:
    others = [told(pk, "Ice", topic=5, days=-pk) for pk in (2, 3, 4)]
    assert kin_of(told(1, "Tides", topic=5), *others) == [4, 3, 2]


def test_how_near_it_is_the_other_way_round() -> None:
    """For readers of the older piece the newer one is news."""
    new, old = told(1, "Tides", topic=5), told(2, "Ice", topic=5, days=700)
    pool = Pool(Vocabulary())
    pool.add(new)
    pool.add(old)
    (kin,) = pool.kin(new)
    (other,) = pool.kin(old)
    assert kin.score < kin.back
    assert (kin.back, kin.score) == (other.score, other.back)


def test_a_title_counts_for_more_than_a_text() -> None:
    assert counted("Turbine", "", "")["turbine"] > counted("", "", "The turbine")["turbine"] > 0


def test_what_is_counted_has_an_end(monkeypatch: Any) -> None:
    monkeypatch.setattr(kinship, "VOCABULARY", 3)
    vocabulary = Vocabulary()
    for n in range(40):
        vocabulary.learn(["often", f"once{n}"])
    assert len(vocabulary.counts) <= 6
    assert vocabulary.counts["often"] == 40


def test_a_word_and_a_topic_find_so_many_and_no_more(monkeypatch: Any) -> None:
    monkeypatch.setattr(kinship, "NEWEST", 2)
    monkeypatch.setattr(kinship, "BESIDE", 1)
    others = [told(n, "turbine sound", topic=5, days=n) for n in range(2, 5)]
    assert kin_of(told(1, "turbine sound", topic=5, days=9), *others, *far()) == [2, 3]


@given(st.lists(st.text(alphabet="abc d1_é", max_size=30), min_size=2, max_size=6))
def test_whatever_it_says_the_nearest_come_first_and_never_the_piece_itself(texts: Any) -> None:
    pieces = [Told(n, 1, frozenset(), NOW, counted(text, "", text)) for n, text in enumerate(texts)]
    vocabulary = Vocabulary()
    for piece in pieces:
        vocabulary.learn(piece.words)
    pool = Pool(vocabulary)
    for piece in pieces:
        pool.add(piece)
    for piece in pieces:
        kin = pool.kin(piece)
        assert [one.score for one in kin] == sorted((one.score for one in kin), reverse=True)
        assert {one.pk for one in kin} == {other.pk for other in pieces} - {piece.pk}
