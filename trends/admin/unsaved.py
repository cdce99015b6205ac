"""What the form of a piece shows of autosave: who else is at work, and what was typed before and
never saved."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from ..compare import compare, describe
from ..models import Article, Autosave
from ..models.autosave import LATELY
from ..models.names import name_of
from ..snapshot import Snapshot, changed_sections
from .ticket import FOR_RESCUE, Ticket, own_ticket, place_of, typed_fields
from .times import MomentField
from .typed import typed_snapshot


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that was typed and not saved. `what` says in words which sections differ, or names
    the new piece; `is_open`: its form may be open in another window still."""

    place: str
    at: datetime
    what: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Unsaved:
    """`about` is what the places of this form's piece begin with; `texts` says in JSON when the
    desk kept which of them. No form may be longer than so many bytes, nor have more names."""

    ticket: str
    url: str
    place: str
    about: str
    present: str
    offers: list[Offer]
    texts: str
    bytes: int
    names: int


def unsaved_context(request: HttpRequest, form: Any) -> dict[str, Unsaved]:
    """For a form that is about to be drawn for somebody who may change the piece. A form that
    came in and was not saved is kept before anything else can go wrong with it."""
    user: Any = request.user
    article, now = form.instance, timezone.now()
    posted = request.method == "POST"
    found = own_ticket(request, article.pk, age=FOR_RESCUE) if posted else None
    place = found.place if found else place_of(article.pk, _form_key(form))
    if not place:
        return {}
    about = f"article:{article.pk}:" if article.pk else "new:"
    rows = around(article.pk, user, now)
    if posted:
        typed = typed_fields(request.POST)
        Autosave.objects.keep(user.pk, place, article.pk, form=typed, now=now)
    elif article.pk:
        Autosave.objects.see(user.pk, article.pk, now=now)
    own = [row for row in rows if row.user_id == user.pk and row.place != place]
    texts = {row.place: stamp(row.saved_at) for row in own} | (
        {place: stamp(now)} if posted else {}
    )
    unsaved = Unsaved(
        ticket=Ticket(user.pk, place).signed(),
        url=_url(article.pk),
        place=place,
        about=about,
        present=sentence(names(row for row in rows if row.user_id != user.pk)),
        offers=offers(article, own, now),
        texts=json.dumps(texts),
        bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        names=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    )
    return {"unsaved": unsaved}


def _url(article_id: int | None) -> str:
    if article_id:
        return reverse("admin:trends_article_autosave", args=[article_id])
    return reverse("admin:trends_article_add_autosave")


def _form_key(form: Any) -> str:
    return str(form["form_key"].value() or "") if "form_key" in form.fields else ""


def around(article_id: int | None, user: Any, now: datetime) -> list[Any]:
    """Rows with `typed`: of this piece, or the user's own new pieces."""
    if article_id:
        return list(Autosave.objects.around(article_id, user, now))
    rows = list(Autosave.objects.begun(user))
    for row in rows:
        row.typed = row.form  # type: ignore[attr-defined]
    return rows


def stamp(at: datetime | None) -> int:
    """Milliseconds, to compare moments of the same clock in the browser."""
    return int(at.timestamp() * 1000) if at else 0


def offers(article: Article, rows: list[Any], now: datetime) -> list[Offer]:
    """Those that would change something, newest first."""
    last = article.latest_revision if rows and article.pk else None
    saved = (last.content if last else article.snapshot()) if rows and article.pk else None
    numbers = {last.number: last.content} if last else {}
    found = []
    for row in rows:
        data = QueryDict(row.typed)
        what = _differs(article, data, saved, numbers) if saved else _title(data)
        if what:
            found.append(Offer(row.place, row.saved_at, what, row.seen_at >= now - LATELY))
    return found


def _title(data: QueryDict) -> str:
    return data.get("title", "").strip() or "A piece without a title"


def _differs(article: Article, data: QueryDict, saved: Snapshot, known: dict[int, Snapshot]) -> str:
    """In which sections the user typed what is not saved; "" when it all is."""
    base = _base(article, data.get("base", ""), known) or saved
    typed = typed_snapshot(data, base)
    touched = changed_sections(base, typed)
    changes = [change for change in compare(saved, typed) if change.section in touched]
    return ", ".join(filter(None, [describe(changes), *_besides(article, data)]))


def _besides(article: Article, data: QueryDict) -> list[str]:
    """Fields besides the content in which the user typed something."""
    slugs = ("", article.slug, data.get("initial-slug", ""))
    found = ["Slug"] if data.get("slug", "") not in slugs else []
    return [*found, "Embargo"] if _is_other_moment(article, data) else found


def _is_other_moment(article: Article, data: QueryDict) -> bool:
    field, typed = MomentField(required=False), data.get("embargo", "")
    try:
        before = field.to_python(data.get("initial-embargo", typed))
    except ValidationError:
        return False
    return all(field.has_changed(other, typed) for other in (before, article.embargoed_until))


def _base(article: Article, number: str, known: dict[int, Snapshot]) -> Snapshot | None:
    """The revision that a form started from."""
    if not number.isdecimal() or len(number) > 9:
        return None
    if int(number) not in known:
        found = article.revisions.filter(number=number).values_list("content", flat=True)
        known |= {int(number): content for content in found}
    return known.get(int(number))


def names(rows: Any) -> list[str]:
    """Of the people, each once."""
    return sorted({row.user_id: name_of(row.user) for row in rows}.values())


def sentence(people: list[str]) -> str:
    """“Ada and Pam are editing this piece too.”"""
    if not people:
        return ""
    who = " and ".join(filter(None, [", ".join(people[:-1]), people[-1]]))
    return f"{who} {'is' if len(people) == 1 else 'are'} editing this piece too."
