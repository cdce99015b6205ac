"""Put the demo newsroom into the database: all of it or nothing."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.utils.text import slugify

from ..models import Author, Release, Topic
from . import (
    accounts,
    chips,
    compute,
    connection_queue,
    energy,
    gallery,
    made,
    readers,
    security,
)
from .content import World
from .people import AUTHORS, TOPICS, Credited, Subject
from .story import Piece, When
from .tell import tell

PIECES: tuple[Piece, ...] = (
    *compute.PIECES,
    *chips.PIECES,
    *energy.PIECES,
    *connection_queue.PIECES,
    *security.PIECES,
)
Say = Callable[[str], None]


class AlreadyThere(Exception):
    """Another process was quicker."""


def load(*, now: datetime, passwords_file: Path, say: Say) -> None:
    """Load everything in one transaction; pictures on the disk go when that fails.

    The passwords stand in the file, and nowhere else. Raises AlreadyThere.
    """
    say("drawing pictures")
    drawings = gallery.draw_all([piece.hero for piece in PIECES if piece.hero])
    with gallery.hung() as files:
        if made.articles().exists():
            raise AlreadyThere
        say("accounts, authors, topics")
        users, passwords = accounts.make_accounts()
        world = World(now, users, _authors(users), _topics(users["admin"]))
        say(f"{len(drawings)} pictures in all sizes")
        for piece in PIECES:
            if piece.hero:
                world.heroes[piece.key] = gallery.hang(piece.hero, drawings[piece.hero], files)
        say(f"{len(PIECES)} trends and what happened to them")
        tell(PIECES, world)
        readers.read(PIECES, world)
        ours = (*_together(world), *users.values(), *world.authors.values(), *world.heroes.values())
        made.note(ours, by=users["admin"])
        accounts.keep(passwords_file, passwords)


def _together(world: World) -> Iterator[Release]:
    """What goes live at the same second, planned by the publisher."""
    pieces = [world.articles[piece.key] for piece in PIECES if piece in connection_queue.PIECES]
    if not pieces:
        return
    pam, at = world.users["pam"], When(-1, "16:20").at(world.now)
    release = Release.objects.create(
        name="The connection queue", live_from=When(4, "06:00").at(world.now), created_by=pam
    )
    release.add(pieces, by=pam, now=at)
    release.plan(by=pam, now=at)
    yield release


def _authors(users: Mapping[str, User]) -> dict[str, Author]:
    return {author.key: _author(author, users) for author in AUTHORS}


def _author(author: Credited, users: Mapping[str, User]) -> Author:
    stem = slug = slugify(author.name)
    n = 1
    while Author.objects.filter(slug=slug).exists():
        n += 1
        slug = f"{stem}-{n}"
    return Author.objects.create(
        name=author.name, slug=slug, job_title=author.job_title, bio=author.bio,
        user=users.get(author.username),
    )  # fmt: skip


def _topics(admin: User) -> dict[str, Topic]:
    return {subject.slug: _topic(subject, admin) for subject in TOPICS}


def _topic(subject: Subject, admin: User) -> Topic:
    """One of that name which is here already serves, and stays what it is: not the demo's."""
    same = Topic.objects.filter(name__iexact=subject.name) | Topic.objects.filter(slug=subject.slug)
    if topic := same.first():
        return topic
    topic = Topic.objects.create(
        name=subject.name, slug=subject.slug, description=subject.description
    )
    made.note([topic], by=admin)
    return topic
