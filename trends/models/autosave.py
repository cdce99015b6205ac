"""Autosave: what somebody has typed into a form and not saved, as the browser sends it.

One row per user and form. It makes no revision, nobody else reads it, and it comes back through
the same merge as any save. A row that was seen lately also says who is at work on a piece.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Substr

from .article import Article

NEW = "new:"
# Somebody who was seen this long ago is at work still; browsers say so every 25 seconds.
LATELY = timedelta(seconds=60)
# What nobody came back for in this time goes (NEWSROOM_KEEP_AUTOSAVES_DAYS, by housekeeping);
# so long a ticket is good for bringing it back.
KEPT = timedelta(days=30)


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    def texts(self, user: Any) -> Self:
        """What a user typed and did not save, newest first."""
        return self.filter(user=user).exclude(saved_at=None).order_by("-saved_at")

    def begun(self, user: Any) -> Self:
        """Pieces that a user began and never saved. What a form sent while it was being saved
        is none."""
        key = Substr("place", len(NEW) + 1)
        made = Article.objects.filter(form_key=OuterRef("key"))
        return self.texts(user).filter(place__startswith=NEW).alias(key=key).exclude(Exists(made))

    def at_work(self, article_id: int, *, besides: Any, now: datetime) -> Self:
        """Rows of the others who have the form of a piece open."""
        seen = self.filter(article=article_id, seen_at__gte=now - LATELY)
        return seen.exclude(user=besides).select_related("user").defer("form")

    def around(self, article_id: int, user: Any, now: datetime) -> Self:
        """What opening a form asks, in one query: the user's own texts, with `typed`, and the
        others at work, without theirs."""
        own = Q(user=user, saved_at__isnull=False)
        others = Q(seen_at__gte=now - LATELY) & ~Q(user=user)
        typed = Case(When(user=user, then=F("form")), default=Value("", models.TextField()))
        rows = self.filter(own | others, article=article_id).annotate(typed=typed)
        return rows.select_related("user").defer("form").order_by("-saved_at")

    def keep(
        self, user_id: int, place: str, article_id: int | None, *, form: str, now: datetime
    ) -> None:
        """The text of a form, instead of what was kept of the same form before."""
        row = self.model(
            user_id=user_id, place=place, article_id=article_id, form=form, saved_at=now,
            seen_at=now,
        )  # fmt: skip
        self._put(row, ["article", "form", "saved_at", "seen_at"])

    def see(self, user_id: int, article_id: int, *, now: datetime) -> None:
        """The user has the form of a piece open, whatever is typed in it."""
        place = f"article:{article_id}"
        row = self.model(user_id=user_id, place=place, article_id=article_id, seen_at=now)
        self._put(row, ["seen_at"])

    def _put(self, row: Any, fields: list[str]) -> None:
        """In one statement: two tabs of one person never stumble over each other."""
        self.bulk_create(
            [row], update_conflicts=True, unique_fields=["user", "place"], update_fields=fields
        )

    def settle(self, user: Any, place: str, *, now: datetime) -> None:
        """The form is saved: what was kept of it goes. And what nobody came back for, of
        anybody: each save sweeps, so that no clock has to."""
        days = settings.NEWSROOM_KEEP_AUTOSAVES_DAYS
        old = Q(seen_at__lt=now - timedelta(days=days)) if days else Q()
        self.filter(Q(user=user, place=place) | old).delete()


class Autosave(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="autosaves"
    )
    # "article:12:k3f9", the form of a piece as it was opened once; "new:" with the key of the
    # form of a piece that is not saved yet; "article:12", which holds no text: a form is open.
    place = models.CharField(max_length=40)
    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, null=True, related_name="autosaves"
    )
    form = models.TextField(blank=True)  # urlencoded fields; "" while nothing was typed
    saved_at = models.DateTimeField(null=True)  # of the text; null while there is none
    seen_at = models.DateTimeField()  # the form was open in a browser at this moment

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        constraints = [
            # One form, one text: what was typed last.
            models.UniqueConstraint(fields=["user", "place"], name="autosave_once"),
        ]
        indexes = [
            # Who is at work on a piece now.
            models.Index(fields=["article", "-seen_at"], name="autosave_presence"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.place}"
