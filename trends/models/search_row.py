"""SearchRow: an edition in the search index, and how the index is asked.

The table is no ordinary one (models/search_index): here it only gets a name, so that querysets of
editions can be joined with it.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models

from ..search import Query, Unit

# title, standfirst, key points, text; before them come the id and the topic. PostgreSQL's own
# weights (1, .4, .2, .1) have the same proportions.
WEIGHTS = "0, 0, 10, 4, 2, 1"
TOPIC = "\ue000"  # what the index of SQLite has before the id of a topic


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the index: words, and the id of a topic."""

    query: Query
    topic: int | None = None

    @property
    def fts5(self) -> str:
        """As an expression of FTS5. Words hold no quotation mark, so nothing can leave its own."""
        joint = " OR " if self.query.is_any else " AND "
        said = f"({joint.join(map(_fts5, self.query.wanted))})"
        if self.query.without:
            said += f" NOT ({' OR '.join(map(_fts5, self.query.without))})"
        return f'topic : "{TOPIC}{self.topic}" AND ({said})' if self.topic else said

    @property
    def tsquery(self) -> tuple[str, list[Any]]:
        """As an expression of PostgreSQL, and its parameters."""
        one = "trends_search_query(%s, %s)"
        joint = " || " if self.query.is_any else " && "
        sql = f"({joint.join(one for _ in self.query.wanted)})"
        sql += "".join(f" && !! {one}" for _ in self.query.without)
        units = (*self.query.wanted, *self.query.without)
        params: list[Any] = [value for unit in units for value in (unit.words, unit.is_prefix)]
        if self.topic:
            return f"({sql} && %s::tsquery)", [*params, f"'#{self.topic}'"]
        return f"({sql})", params


def _fts5(unit: Unit) -> str:
    return f'"{unit.words}"' + " *" * unit.is_prefix


class Words(models.TextField):
    """The words of a row: FTS5's column for MATCH, a tsvector on PostgreSQL."""


@Words.register_lookup
class Match(models.Lookup):
    """words__match=Wanted(…)"""

    lookup_name = "match"

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} MATCH %s", [*params, self.rhs.fts5]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        sql, own = self.rhs.tsquery
        return f"{lhs} @@ {sql}", [*params, *own]


@Words.register_lookup
class Walk(Match):
    """The same, for words that stand in many texts: PostgreSQL must not collect them all in its
    index, but walk the rows in their order until it has enough."""

    lookup_name = "walk"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        sql, params = super().as_postgresql(compiler, connection)
        return f"CASE WHEN {sql} THEN true ELSE false END", params


class Score(models.Func):
    """How well a row answers: the smaller the better, as bm25 of FTS5 has it."""

    output_field = models.FloatField()

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(models.F("search_row__words"))
        self.wanted = wanted

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> Any:
        words, params = compiler.compile(self.source_expressions[0])
        return f"bm25({words}, {WEIGHTS})", params

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> Any:
        words, params = compiler.compile(self.source_expressions[0])
        sql, own = self.wanted.tsquery
        return f"-ts_rank({words}, {sql}, 1)", [*params, *own]


class SearchRow(models.Model):
    edition = models.OneToOneField(
        "Edition", on_delete=models.DO_NOTHING, primary_key=True, related_name="search_row",
        db_constraint=False,
    )  # fmt: skip
    position = models.BigIntegerField(db_column="rowid")
    words = Words(db_column="trends_search")

    class Meta:
        managed = False
        db_table = "trends_search"
        default_permissions = ()

    def __str__(self) -> str:
        return f"Search row of edition {self.edition_id}"
