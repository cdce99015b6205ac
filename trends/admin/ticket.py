"""The ticket of an open form: whose it is and where what is typed in it is kept.

The server signs it when it draws the form for somebody who may change the piece. So autosave need
not ask for permissions every few seconds, and a form that comes in after its session ended finds
its owner. Nobody else can make one, nor use it for more than to keep a text for that owner.
"""

import re
import secrets
from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.http import HttpRequest, QueryDict

from ..models.autosave import KEPT, NEW

NAME = "ticket"  # of the hidden field
FOR_AUTOSAVE = timedelta(days=7)
FOR_RESCUE = KEPT
_SALT = "trends.ticket"
_KEY = re.compile(r"[\w-]{1,16}", re.ASCII)
# What the page adds to the fields and what has no business in a kept text.
_BESIDES = {NAME, "csrfmiddlewaretoken"}


class Ticket(NamedTuple):
    user: int
    place: str

    @property
    def article(self) -> int | None:
        """The id of the piece; None for a new one."""
        return None if self.place.startswith(NEW) else int(self.place.split(":")[1])

    def signed(self) -> str:
        return signing.dumps(list(self), salt=_SALT)

    def is_of(self, user_id: int | None, article_id: int | None) -> bool:
        return (self.user, self.article) == (user_id, article_id)


def place_of(article_id: int | None, form_key: str = "") -> str:
    """A place for a form that is opened now; "" for a new piece whose form has no key."""
    if article_id:
        return f"article:{article_id}:{secrets.token_hex(4)}"
    return NEW + form_key if _KEY.fullmatch(form_key) else ""


def ticket_in(data: QueryDict, *, age: timedelta) -> Ticket | None:
    """The ticket that came with a form, if it is good."""
    try:
        user, place = signing.loads(data.get(NAME, ""), salt=_SALT, max_age=age)
    except signing.BadSignature:
        return None
    return Ticket(user, place)


def own_ticket(request: HttpRequest, article_id: int | None, *, age: timedelta) -> Ticket | None:
    """The ticket that the user of the session has for this form."""
    ticket = ticket_in(request.POST, age=age)
    return ticket if ticket and ticket.is_of(request.user.pk, article_id) else None


def typed_fields(data: QueryDict) -> str:
    """What was typed, urlencoded: without tokens, and without the button that was pressed."""
    fields = data.copy()
    for name in list(fields):
        if name in _BESIDES or name.startswith("_"):
            del fields[name]
    return fields.urlencode()
