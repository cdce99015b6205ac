"""A newsroom with something of every kind on every screen of the desk: for looking at them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.admin.noting import complain
from tests.admin.queues import FULL, put
from tests.people import person, role
from tests.workflow.conftest import approve
from tests.workflow.releases import NAMES, ready, release_of
from trends.models import (
    Access,
    Article,
    Autosave,
    Job,
    Note,
    Notice,
    Pin,
    Release,
    SharedLink,
    Topic,
)
from trends.models.making import make_article
from trends.models.readership import add_views
from trends.models.related_wish import say
from trends.models.relating import relating

DAY = timedelta(days=1)
LONG = "Offshoreaccountingirregularitieswithoutanybreak and a ferry that never came back to port"


@dataclass(frozen=True, slots=True)
class Crew:
    ada: User
    wes: User
    pam: User
    tess: User  # an Administrator


def furnish(now: datetime) -> dict[str, Any]:
    """Make it all. What stands in addresses, by name."""
    ada, wes, pam, tess = (person(name) for name in ("ada", "wes", "pam", "tess"))
    crew = Crew(ada, wes, pam, tess)
    tess.groups.add(role("Administrator"))
    told = crowded(crew, now)
    shared, token = share(told, ada, now)
    robots = Topic.objects.create(name="Robots", slug="robots")
    live = [
        make_article(f"Piece {n}", by=ada, topic=robots, publish=True, now=now - DAY, **FULL)
        for n in range(5)
    ]
    today = timezone.localdate(now)
    add_views({(told.pk, today - n * DAY): 9**n for n in range(6)} | {(live[0].pk, today): 1})
    pin = Pin(article=live[0], slot=0, starts_at=now)
    Pin.objects.put([pin], by=ada, now=now)
    relating(live[1].pk, now)()  # type: ignore[misc]
    for other, wish in zip(live[2:], ("pinned", "dropped"), strict=False):
        say(live[1], other, wish, by=ada, now=now)
    old = make_article("Old", by=ada, publish=True, now=now - 700 * DAY, **FULL)
    release = plans(crew, now)
    on_the_desk(crew, now)
    uma = behind_it(crew, now)
    return {
        "piece": told.pk, "live": live[1].pk, "pin": pin.pk, "old": old.pk, "token": token,
        "link": shared.pk, "release": release.pk, "reset": reset_path(uma),
    }  # fmt: skip


def crowded(crew: Crew, now: datetime) -> Article:
    """A piece to which everything has happened that its history knows."""
    piece = make_article(LONG, by=crew.wes, **FULL)
    put(piece, "context", crew.ada, owner=crew.wes, due_on=timezone.localdate() - DAY)
    approve(piece, by=crew.wes)
    piece.publish_now(by=crew.pam)
    piece.lede = "<p>It made eleven trips.</p>"
    piece.save()
    piece.record_revision(by=crew.wes, note="Eleven")
    piece.revisions.get(number=1).rename("As sent to the lawyers")
    piece.publish_now(by=crew.pam, text="We said ten trips; it was eleven.")
    Pin.objects.put([Pin(article=piece, slot=2, starts_at=now)], by=crew.ada, now=now)
    notes(piece, crew, now)
    piece.context = "<p>Not published yet.</p>"
    piece.save()
    piece.record_revision(by=crew.wes)
    piece.submit(by=crew.wes)
    piece.return_to_writer(by=crew.ada, note="Who said 420?\nPlease name the source in Evidence.")
    return piece


def notes(piece: Article, crew: Crew, now: datetime) -> None:
    """A comment with a reply, a late complaint, a legal note, something closed."""
    text = "Who counted the trips, @wes?\nThe harbour says nine."
    note = Note.objects.write(piece, text, by=crew.ada, now=now, section="context")
    Note.objects.write(piece, "I did, @ada, from the log.", by=crew.wes, now=now, reply_to=note)
    today = timezone.localdate(now)
    complain(piece, "You say ten trips; it was nine.", due_on=today - 2 * DAY, by=crew.ada)
    later = {"kind": "legal", "due_on": today + 9 * DAY}
    complain(piece, "Their lawyers ask for a reply.", by=crew.ada, **later)
    done = Note.objects.write(piece, "Is “waste heat” the right word?", by=crew.ada, now=now)
    done.close(by=crew.wes, now=now)


def share(piece: Article, by: User, now: datetime) -> tuple[SharedLink, str]:
    """An open link, and one that somebody has answered to."""
    answered, _ = SharedLink.objects.share(piece, by=by, label="Legal", hours=24)
    answered.advise(name="Uma Vale", text="Fine with me.", agrees=True, key="1", now=now)
    return SharedLink.objects.share(piece, by=by, label="Dr Hale", hours=72)


def plans(crew: Crew, now: datetime) -> Release:
    """What the calendar shows; the release in it."""
    pieces = [ready(name, crew.pam) for name in NAMES]
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0) + DAY
    pieces[0].set_embargo(until=noon, by=crew.pam)
    pieces[1].schedule(by=crew.pam, live_from=noon)
    release = release_of(*pieces[2:], by=crew.pam, start=noon)
    release.plan(by=crew.pam)
    today = ready("Later today", crew.pam)
    today.schedule(by=crew.pam, live_from=timezone.localtime(now).replace(hour=23, minute=59))
    return release


def on_the_desk(crew: Crew, now: datetime) -> None:
    """What Ada finds on her desk."""
    waiting = make_article("Waits for a review", by=crew.wes, **FULL | {"context": ""})
    put(waiting, "context", crew.pam, owner=crew.ada, due_on=timezone.localdate() - 3 * DAY)
    waiting.submit(by=crew.wes)
    held = make_article("Ada writes", by=crew.ada, **FULL)
    held.hold(by=crew.pam, note="The lawyer reads it.")
    Autosave.objects.keep(crew.ada.pk, f"article:{held.pk}:k", held.pk, form="title=x", now=now)
    Notice.objects.filter(user=crew.ada, kind="reminder").update(read_at=now)


def behind_it(crew: Crew, now: datetime) -> User:
    """What Administrators see: jobs, logins; and somebody who was invited."""
    error = f"SMTPRecipientsRefused: {'x' * 80}@example.org"
    Job.objects.create(
        kind="mail", key="70001", run_at=now, given_up_at=now, attempts=8, error=error
    )
    Job.objects.create(kind="mail", key="70002", run_at=now + DAY, attempts=2, error="OSError: no")
    Access.objects.note("failed", now=now, name="nobody", address="203.0.113.7")
    Access.objects.note("login", now=now, user=crew.ada, address="203.0.113.8")
    uma = person("uma")
    uma.set_unusable_password()
    uma.save()
    return uma


def reset_path(user: User) -> str:
    """Of the page that sets a password, with a link that is good."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return f"{uid}/{default_token_generator.make_token(user)}"
