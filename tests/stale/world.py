"""A newsroom in which everything that readers see carries a number, and what the database says of
those numbers now.

A *fact* is one of those numbers: of the title, the author's name, the picture … 0 stands for what
readers do not see. Each act (acts.py) gives one or two facts a new number.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from tests.people import person
from tests.public.conftest import READY, make_picture
from trends.models import Article, Author, Edition, Image, Pin, Topic
from trends.models.edition_queries import EditionQuerySet
from trends.models.making import make_article, make_author

State = dict[str, int]
FACTS = (
    "title", "mended", "picture", "link", "author", "topic", "second", "notice", "doomed", "pinned",
)  # fmt: skip
# What no reader sees: a title that begins later, and that of a piece that is retracted.
PLANNED, TOLD = "planned", "told"


def words(fact: str, number: int) -> str:
    return f"{fact.title()} number {number} of the harbour"


def number_in(text: str) -> int:
    return next((int(word) for word in text.split() if word.isdigit()), 0)


def make_world() -> None:
    pam = person("pam")
    topic = Topic.objects.create(name=words("topic", 1), slug="topic")
    author = make_author("Author")
    Author.objects.update(name=words("author", 1))
    common: dict[str, Any] = READY | {"by": pam, "publish": True, "topic": topic}
    for number in (1, 2):
        make_article(words("pinned", number), slug=f"pinned-{number}", **common)
    second = make_article(
        words("second", 1), slug="second", **common | {"lede": words("told", 1), "author": [author]}
    )
    make_article(
        words("title", 1), slug="main", hero=make_picture(alt_text=words("picture", 1)),
        related=[second, {"url": "https://example.org/", "label": words("link", 1)}],
        **common | {"author": [author]},
    )  # fmt: skip
    pin(1)


def pin(number: int) -> None:
    """Put one of the two at the head of the front page."""
    pinned, now = Article.objects.get(slug=f"pinned-{number}"), timezone.now()
    Pin.objects.put([Pin(article=pinned, slot=0, starts_at=now)], by=None, now=now)


def state() -> State:
    """What readers must see now, as the database has it."""
    now = timezone.now()
    live = Edition.objects.live(now)
    main = live.get(slug="main")
    second = Article.objects.get(slug="second").edition_in_force()
    assert second
    is_live = second.kind == Edition.Kind.CONTENT
    plans = Article.objects.get(slug="main").planned(now)
    link = next(row["label"] for row in main.content["related"]["rows"] if row["url"])
    return {
        "title": number_in(main.title),
        "mended": max((number_in(c.text) for c in main.article.corrections.all()), default=0),
        "picture": number_in(Image.objects.get(pk=main.hero_id).alt_text),
        "link": number_in(link),
        "author": number_in(Author.objects.get().name),
        "topic": number_in(Topic.objects.get().name),
        "second": number_in(second.title) if is_live else 0,
        "notice": 0 if is_live else number_in(second.notice),
        "doomed": _doomed(live),
        "pinned": pinned(now),
        # The number that it has, or had before it was retracted.
        TOLD: number_in(Article.objects.get(slug="second").title),
        PLANNED: number_in(plans[0].title) if plans else 0,
    }


def pinned(now: datetime) -> int:
    """Which of the two stands at the head of the front page."""
    return number_in(Pin.objects.in_force(Edition.objects.live(now), now).get().article.title)


def _doomed(live: EditionQuerySet) -> int:
    found = live.filter(slug__startswith="doomed").first()
    return number_in(found.title) if found else 0
