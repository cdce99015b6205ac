"""Which notes: the words in which the desk asks for them."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from .assignment import Assignment
from .colleagues import named_in
from .complainant import Complainant

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .article import Article
    from .note import Note

PEOPLE = ("by", "closed_by", "reopened_by", "complainant__erased_by")
# What a line about a note says.
SAYS = ("section", "kind", "text", "at", "due_on", "closed_at", "outcome", "article__title")


SENT_TWICE = timedelta(minutes=1)  # so soon, the same words are the same note


class NoteQuerySet(models.QuerySet["Note"]):
    def threads(self) -> Self:
        """What begins a thread: all but the replies."""
        return self.filter(reply_to=None)

    def open(self) -> Self:
        return self.threads().filter(closed_at=None)

    def closed(self) -> Self:
        return self.threads().exclude(closed_at=None)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def formal(self) -> Self:
        """Complaints and legal notes."""
        return self.exclude(kind=self.model.Kind.COMMENT)

    def late(self, today: date) -> Self:
        """Open, and their deadline is over."""
        return self.open().filter(due_on__lt=today)

    def on(self, section: str) -> Self:
        return self.filter(section=section)

    def on_desk(self) -> Self:
        """On pieces that are not in the bin."""
        return self.filter(article__discarded_at=None)

    def seen_by(self, user: Any) -> Self:
        """On pieces that the user sees."""
        if user.has_perm("trends.change_all_articles"):
            return self
        return self.filter(_on_own_pieces(user))

    def mentioning(self, user: Any) -> Self:
        """Threads that name the user, in the note or in a reply."""
        told = self.model.mentioned.through._default_manager.filter(user=user)
        there, in_reply = Q(note=OuterRef("pk")), Q(note__reply_to=OuterRef("pk"))
        return self.threads().filter(Exists(told.filter(there)) | Exists(told.filter(in_reply)))

    def for_desk_of(self, user: Any) -> Self:
        """Threads that are the user's business: they name them, or are about a piece that they
        look after or owe a section of."""
        every = self.model._default_manager
        own, named = every.filter(_on_own_pieces(user)), every.mentioning(user)
        theirs = Q(pk__in=own.order_by().values("pk")) | Q(pk__in=named.order_by().values("pk"))
        return self.threads().on_desk().seen_by(user).filter(theirs)

    def most_urgent_first(self) -> Self:
        """What has a deadline first, the nearest first; then the newest."""
        return self.order_by(F("due_on").asc(nulls_last=True), "-at", "-pk")

    def last_closed_first(self) -> Self:
        return self.order_by("-closed_at", "-pk")

    def with_piece(self) -> Self:
        """With title and people at hand, and `answered`, the number of replies."""
        replies = self.model._default_manager.filter(reply_to=OuterRef("pk")).order_by()
        count = replies.values("reply_to").annotate(count=Count("pk")).values("count")
        names = [
            f"{user}__{name}"
            for user in ("by", "closed_by")
            for name in ("username", "first_name", "last_name")
        ]
        rows = self.select_related("article", "by", "closed_by").only(*SAYS, *names)
        return rows.annotate(answered=Coalesce(Subquery(count), 0))

    def with_thread(self) -> Self:
        """With all that a thread shows at hand."""
        replies = self.model._default_manager.order_by("at", "pk").select_related("by")
        thread = Prefetch("replies", replies.prefetch_related("mentioned"))
        return self.select_related(*PEOPLE).prefetch_related("mentioned", thread)

    def counted(self) -> dict[str, int]:
        """Section ("" for the whole piece) → how many of these notes."""
        return dict(self.order_by().values_list("section").annotate(count=Count("pk")))

    def write(
        self, article: "Article", text: str, *, by: "User", now: datetime, **facts: Any
    ) -> "Note":
        """Write a note or a reply, and tell those of the named who may open the piece. The same
        sent twice, as by a double click, is there once.

        facts: `section`, `kind`, `received_on`, `due_on`; `name` and `contact` of who it came
        from; `reply_to`, any note of the thread.
        """
        came_from = {name: facts.pop(name, "") for name in ("name", "contact")}
        to = facts.pop("reply_to", None)
        facts = {"section": "", "kind": self.model.Kind.COMMENT} | facts
        facts["reply_to"] = to and (to.reply_to or to)  # one level
        with transaction.atomic():
            # The lock alone: what the caller has changed in its row of the article stays.
            type(article).objects.select_for_update().only("pk").get(pk=article.pk)
            same = self.filter(article=article, text=text, by=by, **facts)
            if there := same.filter(at__gt=now - SENT_TWICE, closed_at=None).first():
                return there
            note = self.create(article=article, text=text, by=by, at=now, **facts)
            if any(came_from.values()):
                Complainant.objects.create(note=note, **came_from)
            note.tell(named_in(text, article).seeing)
        return note


def _on_own_pieces(user: Any) -> Q:
    """As Article.objects.own() has it."""
    owed = Assignment.objects.filter(article=OuterRef("article"), owner=user)
    return Q(article__owner=user) | Q(Exists(owed))
