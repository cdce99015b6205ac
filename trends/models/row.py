"""What the rows of an article have in common: a stable key and a position."""

from django.db import models

from .fields import new_key


class Row(models.Model):
    # The key survives edit, merge and restore; positions are not unique, saving renumbers them.
    key = models.CharField(max_length=16, default=new_key, editable=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            # Merge and restore find a row by its key.
            models.UniqueConstraint(fields=["article", "key"], name="%(class)s_key_once")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.position}"

    @property
    def is_whole(self) -> bool:
        """It says something by itself; a row whose only reference is lost does not."""
        return True
