"""Complainant: who a complaint or a legal note came from. Few may see it, and it can be erased:
what remains is that it was, by whom and when."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Complainant(models.Model):
    note = models.OneToOneField("Note", on_delete=models.CASCADE, related_name="complainant")
    name = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None, erased_by=None)
                | Q(erased_at__isnull=False, erased_by__isnull=False),
                name="complainant_erased_pair",
            ),
            # Erased is erased; and a row that says nothing would look as if it withheld a name.
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False, name="", contact="")
                | Q(erased_at=None) & ~Q(name="", contact=""),
                name="complainant_erased_or_known",
            ),
        ]

    def __str__(self) -> str:
        return "erased" if self.erased_at else "withheld"  # logs and messages must not tell

    def erase(self, *, by: "User", now: datetime) -> bool:
        """For privacy, and for good. False where it was erased already: the first name stays."""
        rows = type(self)._default_manager.filter(pk=self.pk, erased_at=None)
        erased = rows.update(name="", contact="", erased_at=now, erased_by=by)
        self.refresh_from_db()
        return bool(erased)
