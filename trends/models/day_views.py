"""DayViews: how often a piece was read on one day, in the site's time zone. A number, a piece and
a day: nothing in it comes from a reader."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Self

from django.db import connection, models
from django.db.models import Min, Sum

# How often which piece was read on which day: {(article id, day): views}.
Counts = Mapping[tuple[int, date], int]
WEEK, MONTH = 7, 30  # days, today among them
ROWS = 300  # of one statement; each is three parameters, of which SQLite takes 999
UPSERT = (
    "INSERT INTO {table} (article_id, day, views) VALUES {rows} "
    "ON CONFLICT (article_id, day) DO UPDATE SET views = {table}.views + excluded.views"
)


class DayViewsQuerySet(models.QuerySet["DayViews"]):
    def add(self, counts: Counts) -> None:
        """Add to what is there, whoever else does so at this moment: one statement for ROWS rows.

        In a transaction of the caller. In the order of the key, so that two processes never wait
        for each other's rows.
        """
        rows = [(pk, day, views) for (pk, day), views in sorted(counts.items())]
        for start in range(0, len(rows), ROWS):
            self._upsert(rows[start : start + ROWS])

    def _upsert(self, rows: list[tuple[int, date, int]]) -> None:
        table = connection.ops.quote_name(self.model._meta.db_table)
        sql = UPSERT.format(table=table, rows=", ".join(["(%s, %s, %s)"] * len(rows)))
        as_date = connection.ops.adapt_datefield_value
        values = [value for pk, day, views in rows for value in (pk, as_date(day), views)]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    def of_last(self, days: int, today: date) -> Self:
        """Of so many days, today among them."""
        return self.filter(day__gt=today - timedelta(days=days), day__lte=today)

    def kept(self) -> tuple[int, date | None]:
        """All of it, and since which day."""
        found = self.aggregate(total=Sum("views"), since=Min("day"))
        return found["total"] or 0, found["since"]

    def by_day(self, days: int, today: date) -> Iterator[tuple[date, int]]:
        """The last days one by one, oldest first, those without a view too."""
        found = dict(self.of_last(days, today).values_list("day", "views"))
        for back in reversed(range(days)):
            day = today - timedelta(days=back)
            yield day, found.get(day, 0)


class DayViews(models.Model):
    article = models.ForeignKey(
        "Article", on_delete=models.CASCADE, related_name="day_views", db_index=False
    )
    day = models.DateField()
    views = models.PositiveBigIntegerField()

    objects = DayViewsQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            # What the upsert meets. Also the index of a piece's figures.
            models.UniqueConstraint(fields=["article", "day"], name="dayviews_once"),
        ]
        indexes = [
            # What was read most in the last days; and what is old enough to go.
            models.Index(fields=["day"], name="dayviews_day"),
        ]

    def __str__(self) -> str:
        return f"{self.views} on {self.day:%Y-%m-%d}"
