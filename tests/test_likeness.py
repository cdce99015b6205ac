"""Two pieces that say nearly the same."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from trends.likeness import likeness, nearly_same, shingles
from trends.models import Article, Topic
from trends.models.facts import gather
from trends.models.making import make_article

TITLE = "Helvar Robotics moves its works inland"
STANDFIRST = "The maker of warehouse robots leaves the coast, and takes a town along."
LEDE = "Helvar Robotics said on Monday that it will close its works at Saltby and build anew."
OTHER = "A ferry line between the islands will run on batteries from the spring of next year."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (LEDE, LEDE, True),
        (LEDE, LEDE.upper().replace(" ", " – "), True),
        (LEDE, LEDE.replace("Monday", "Tuesday"), True),
        (LEDE, f"{LEDE} {OTHER} {STANDFIRST}", True),
        (LEDE, OTHER, False),
        (LEDE, "", False),
        ("", "", False),
        # The same few words say little.
        ("The works move inland", "The works move inland", False),
        # All the words in another order are another text.
        (LEDE, " ".join(sorted(LEDE.split())), False),
    ],
)
def test_nearly_the_same(one: str, other: str, same: bool) -> None:
    assert nearly_same(shingles(one), shingles(other)) is same
    assert nearly_same(shingles(other), shingles(one)) is same


def test_likeness_is_a_share() -> None:
    assert likeness(shingles("a b c d"), shingles("a b c x")) == 0.5
    assert likeness(shingles("a b c d"), shingles("x y z")) == 0


def test_no_run_goes_from_one_text_into_the_next() -> None:
    assert shingles("a b", "c d") == frozenset()


# --- the fact that readiness is told ---


@pytest.fixture
def live(wes: User) -> Article:
    return make_article(TITLE, by=wes, standfirst=STANDFIRST, lede=LEDE, publish=True)


def near(article: Article) -> str:
    return gather(article, article.snapshot(), now=timezone.now()).near_duplicate


def test_a_live_piece_like_it_is_named(live: Article) -> None:
    draft = make_article("Helvar leaves", standfirst=STANDFIRST, lede=f"{LEDE} More soon.")
    assert near(draft) == TITLE
    assert [issue.code for issue in draft.readiness()].count("near-duplicate") == 1


def test_a_piece_is_not_like_itself(live: Article) -> None:
    assert near(live) == ""


def test_other_news_is_no_duplicate(live: Article) -> None:
    assert near(make_article("A ferry on batteries", standfirst=OTHER, lede=OTHER[::-1])) == ""


def test_a_draft_is_nobodys_duplicate(db: None) -> None:
    make_article(TITLE, standfirst=STANDFIRST, lede=LEDE)
    assert near(make_article(TITLE, standfirst=STANDFIRST, lede=LEDE)) == ""


def test_old_news_counts_within_its_topic_only(wes: User) -> None:
    topic = Topic.objects.create(name="Robots", slug="robots")
    long_ago = timezone.now() - timedelta(days=400)
    texts = {"standfirst": STANDFIRST, "lede": LEDE}
    make_article(TITLE, publish=True, now=long_ago, topic=topic, **texts)
    assert near(make_article("Again", **texts)) == ""
    assert near(make_article("Once more", topic=topic, **texts)) == TITLE


def test_a_piece_that_is_not_saved_yet(live: Article) -> None:
    facts = gather(Article(), live.snapshot(), now=timezone.now())
    assert facts.near_duplicate == TITLE
    assert (facts.article_id, facts.open_notes, facts.writer_ids) == (None, 0, frozenset())
