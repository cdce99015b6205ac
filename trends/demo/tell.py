"""Let the story happen: whatever is done with every piece, in the order of its days."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from ..models import Article, Assignment, Note, Notice, Pin, Refused
from ..models.making import free_slug
from .content import World, content_of, edited
from .made import MARK, PREFIX
from .story import Piece, Pinned, Remark, Save, Step, When, dated

# A piece itself is the event of its first save.
Event = Piece | Save | Step | Remark | Pinned
DAY = timedelta(days=1)


def tell(pieces: Sequence[Piece], world: World) -> None:
    """Everything that `pieces` say, ended by the dates that the desk's lists show. What people
    were told since yesterday is still unread."""
    for piece in pieces:  # first, since any piece may link to any other
        world.articles[piece.key] = _begun(piece, world)
    events = sorted(_events(pieces, world.now), key=lambda event: event[0])
    for moment, piece, event in events:
        _happen(world.articles[piece.key], event, moment, world)
    yesterday = When(-1, "00:00").at(world.now)
    Notice.objects.filter(user__in=world.users.values(), at__lt=yesterday).read(yesterday)
    for moment, piece, _ in events:
        _date(world.articles[piece.key], piece.started.at(world.now), moment)


def _begun(piece: Piece, world: World) -> Article:
    article = Article(
        title=piece.title,
        slug=free_slug(piece.key),
        legacy_id=f"{PREFIX}{piece.key}",
        created_by=world.users[piece.by],
        owner=world.users[piece.by],
        **piece.fields,
    )
    article.save()
    return article


def _events(pieces: Sequence[Piece], now: datetime) -> Iterator[tuple[datetime, Piece, Event]]:
    for piece in pieces:
        yield piece.started.at(now), piece, piece
        for event in piece.story:
            yield event.when.at(now), piece, event


def _happen(article: Article, event: Event, now: datetime, world: World) -> None:
    by = world.users[event.by]
    if isinstance(event, Step):
        _act(article, event, now, world)
    elif isinstance(event, Remark):
        _say(article, event, now, world)
    elif isinstance(event, Pinned):
        pin = Pin(article=article, slot=event.slot, starts_at=now, ends_at=now + event.days * DAY)
        Pin.objects.put([pin], by=by, now=now)
    else:
        _save(article, event, now, world)


def _save(article: Article, event: Piece | Save, now: datetime, world: World) -> None:
    by = world.users[event.by]
    if isinstance(event, Piece):
        content, note = content_of(event, world), ""
        _assign(article, event, world)
    else:
        content, note = edited(article.snapshot(), event, world), event.note
    article.lock()
    if lost := article.apply(content):
        raise ValueError(f"“{article}” points at what is not there: {' '.join(lost)}")
    article.record_revision(by=by, note=note, now=now)


def _assign(article: Article, piece: Piece, world: World) -> None:
    for owes in piece.owes:
        Assignment.objects.create(
            article=article,
            section=owes.section,
            owner=world.users[owes.owner],
            due_on=When(owes.days).at(world.now).date(),
        )


def _act(article: Article, step: Step, now: datetime, world: World) -> None:
    options = {name: _option(value, world.now) for name, value in step.options.items()}
    options |= {"note": step.note} if step.note else {}
    verb, by = getattr(article, step.verb), world.users[step.by]
    try:
        verb(by=by, now=now, **options)
    except Refused as refused:
        # A site may be stricter than the story; what is final for every site stays final.
        if not refused.issues or any(issue.final for issue in refused.issues):
            raise
        verb(by=by, now=now, **options, override=MARK)


def _say(article: Article, remark: Remark, now: datetime, world: World) -> None:
    text, today = remark.text, timezone.localdate(world.now)
    for key, user in world.users.items():  # whose account may have another name here
        text = text.replace(f"@{key}", f"@{user.get_username()}")
    facts = {k: today + v * DAY if isinstance(v, int) else v for k, v in remark.facts.items()}
    if remark.answers:
        facts["reply_to"] = article.notes.first()
    Note.objects.write(
        article, text, by=world.users[remark.by], now=now, section=remark.section, **facts
    )


def _option(value: Any, now: datetime) -> Any:
    if isinstance(value, When):
        return value.at(now)
    return dated(value, now) if isinstance(value, str) else value


def _date(article: Article, started: datetime, changed: datetime) -> None:
    """Past verbs save now; the desk sorts by these."""
    Article.objects.filter(pk=article.pk).update(created_at=started, updated_at=changed)
