"""How many rows a list has, as far as anybody needs to know: the database stops counting there."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST_ROWS = 5_000  # of a list: pages beyond are reached by a filter or a search


class CappedPaginator(Paginator):
    """For changelists of tables that may have a million rows."""

    @cached_property
    def count(self) -> int:
        # Ids alone: what is annotated would be reckoned for each.
        rows: Any = self.object_list
        return min(up_to(rows, MOST_ROWS + 1), MOST_ROWS)

    @property
    def is_capped(self) -> bool:
        """There may be more rows than that."""
        return self.count == MOST_ROWS


class Capped(admin.ModelAdmin):
    paginator = CappedPaginator


def up_to(rows: QuerySet[Any], most: int) -> int:
    return rows.order_by().values("pk")[:most].count()
