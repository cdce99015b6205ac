"""What the publisher does: each act gives one or two facts (world.py) a new number.

An act tells beforehand which ones: whoever looks on must know what a publisher that is killed may
have done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from tests.public.conftest import READY, make_picture
from trends.models import Article, Author, Image, Topic
from trends.models.making import make_article

from .world import PLANNED, TOLD, State, pin, pinned, words

SOON = 0.25  # seconds after which what was rescheduled begins
Do = Callable[[int], object]
# What becomes of which fact, by the number of the act; None where the act is not possible now.
Facts = Callable[[int, State], State | None]


@dataclass(frozen=True)
class Act:
    do: Do
    facts: Facts
    wait: float = 0  # seconds from its commit until readers see it


ACTS: dict[str, Act] = {}


def act(facts: Facts, *, wait: float = 0) -> Callable[[Do], Do]:
    def register(do: Do) -> Do:
        ACTS[do.__name__] = Act(do, facts, wait)
        return do

    return register


def gives(*names: str) -> Facts:
    return lambda number, state: dict.fromkeys(names, number)


def publishes(*names: str) -> Facts:
    """The main piece, which ends what was planned for it."""
    return lambda number, state: {**dict.fromkeys(names, number), "title": number, PLANNED: 0}


def possible(state: State) -> list[str]:
    return [name for name, act in ACTS.items() if act.facts(0, state) is not None]


def pam() -> User:
    return User.objects.get(username="pam")


def article(slug: str) -> Article:
    return Article.objects.get(slug=slug)


def edited(slug: str = "main", *, label: str = "", **fields: Any) -> Article:
    """The working copy with other words, one revision later."""
    found = article(slug)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    if label:
        found.related_links.exclude(url="").update(label=label)
    found.record_revision(by=pam())
    return found


# --- the main piece ---


@act(publishes())
def publish_minor(n: int) -> None:
    edited(title=words("title", n)).publish_now(by=pam())


@act(publishes())
def publish_update(n: int) -> None:
    edited(title=words("title", n)).publish_now(by=pam(), update_line="It went on.")


@act(publishes("mended"))
def correct(n: int) -> None:
    edited(title=words("title", n)).publish_now(by=pam(), text=words("mended", n))


@act(publishes("picture"))
def swap_hero(n: int) -> None:
    hero = make_picture(alt_text=words("picture", n))
    edited(title=words("title", n), hero=hero).publish_now(by=pam())


@act(publishes("link"))
def change_links(n: int) -> None:
    edited(title=words("title", n), label=words("link", n)).publish_now(by=pam())


@act(lambda n, state: None if state[PLANNED] else {PLANNED: n})
def schedule(n: int) -> None:
    found = edited(title=words("title", n))
    found.submit(by=pam())
    found.approve(by=pam())
    found.schedule(by=pam(), live_from=timezone.now() + timedelta(hours=1))


@act(lambda n, state: {"title": state[PLANNED], PLANNED: 0} if state[PLANNED] else None, wait=SOON)
def reschedule(n: int) -> None:
    article("main").reschedule(by=pam(), live_from=timezone.now() + timedelta(seconds=SOON))


# --- what it leads to, and others ---


@act(lambda n, state: {"second": n, TOLD: n} if state["second"] else None)
def change_linked(n: int) -> None:
    lede = f"<p>{words('told', n)}</p>"
    edited("second", title=words("second", n), lede=lede).publish_now(by=pam())


@act(lambda n, state: {"second": 0, "notice": n} if state["second"] else None)
def retract(n: int) -> None:
    article("second").retract(by=pam(), notice=words("notice", n))


@act(lambda n, state: None if state["second"] else {"second": state[TOLD], "notice": 0})
def reinstate(n: int) -> None:
    article("second").reinstate(by=pam())


@act(lambda n, state: None if state["doomed"] else {"doomed": n})
def publish_doomed(n: int) -> None:
    topic = Topic.objects.get()
    make_article(
        words("doomed", n), slug=f"doomed-{n}", by=pam(), publish=True, topic=topic, **READY
    )


@act(lambda n, state: {"doomed": 0} if state["doomed"] else None)
def remove(n: int) -> None:
    doomed = Article.objects.filter(slug__startswith="doomed").latest("pk")
    doomed.remove(by=pam(), note="Law.")


# --- names, and what an editor puts first ---


@act(gives("author"))
def rename_author(n: int) -> None:
    Author.objects.update(name=words("author", n))


@act(gives("topic"))
def rename_topic(n: int) -> None:
    Topic.objects.update(name=words("topic", n))


@act(gives("picture"))
def reword_picture(n: int) -> None:
    hero = article("main").edition_in_force().hero_id  # type: ignore[union-attr]
    Image.objects.filter(pk=hero).update(alt_text=words("picture", n))


@act(lambda n, state: {"pinned": 3 - state["pinned"]})
def pin_other(n: int) -> None:
    pin(3 - pinned(timezone.now()))
