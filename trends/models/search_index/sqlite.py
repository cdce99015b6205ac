"""The index on SQLite: a table of FTS5, and the triggers that follow the editions.

Raise VERSION when any of this changes: the next `migrate` then makes the index anew.
"""

VERSION = 1
TRIGGERS = {name: f"trends_search_{name}_{VERSION}" for name in ("insert", "update", "delete")}
OBJECTS = frozenset({"trends_search", *TRIGGERS.values()})
PRESENT = (
    "SELECT name FROM sqlite_master "
    "WHERE name = 'trends_search' OR type = 'trigger' AND tbl_name = 'trends_edition'"
)
COLUMNS = ("edition_id", "topic", "title", "standfirst", "key_points", "body")


def position(row: str) -> str:
    """The rowid of an edition; NULL where it has no date of first publication."""
    seconds = f"CAST(strftime('%s', substr({row}.first_published_at, 1, 19)) AS INTEGER)"
    return f"({seconds} * 1073741824 + {row}.id)"


# What is indexed of an edition `e`. The topic is an id, since names may change, behind a letter
# that stands in no word that anybody asks for (search.py).
ROW = f"""
    SELECT {position("e")} AS position, e.id AS edition_id, char(57344) || e.topic_id AS topic,
        e.title AS title, e.standfirst AS standfirst,
        (SELECT group_concat(json_extract(point.value, '$.text'), char(10))
         FROM json_each(e.content, '$.key_points.rows') point) AS key_points, e.text AS body
    FROM trends_edition e WHERE e.kind = 'content'"""
PUT = f"INSERT OR REPLACE INTO trends_search (rowid, {', '.join(COLUMNS)}) {ROW} AND "


def replaced(row: str, moment: str) -> str:
    """Whether a later edition of the piece has begun."""
    return f"""EXISTS (SELECT 1 FROM trends_edition later WHERE later.article_id = {row}.article_id
        AND later.live_from > {row}.live_from AND later.live_from <= {moment})"""


# The edition that readers get again when OLD goes or moves.
PUT_FORMER = f"""{PUT} e.id = (SELECT former.id FROM trends_edition former
    WHERE former.article_id = OLD.article_id AND former.live_from < OLD.live_from
    ORDER BY former.live_from DESC LIMIT 1)"""
CHANGED = " OR ".join(
    f"OLD.{name} IS NOT NEW.{name}"
    for name in (
        "title", "standfirst", "text", "content", "topic_id", "first_published_at", "live_from",
        "kind",
    )
)  # fmt: skip
CREATE = (
    f"""CREATE VIRTUAL TABLE trends_search USING fts5({COLUMNS[0]} UNINDEXED,
        {", ".join(COLUMNS[1:])}, prefix='3', tokenize="unicode61 remove_diacritics 2")""",
    f"""CREATE TRIGGER {TRIGGERS["insert"]} AFTER INSERT ON trends_edition BEGIN
        {PUT} e.id = NEW.id;
        DELETE FROM trends_search WHERE rowid IN (
            SELECT {position("e")} FROM trends_edition e
            WHERE e.article_id = NEW.article_id AND {replaced("e", "NEW.pressed_at")});
    END""",
    f"""CREATE TRIGGER {TRIGGERS["update"]} AFTER UPDATE ON trends_edition WHEN {CHANGED} BEGIN
        {PUT} e.id = NEW.id AND (OLD.live_from IS NOT NEW.live_from
            OR EXISTS (SELECT 1 FROM trends_search WHERE rowid = {position("OLD")}));
        DELETE FROM trends_search WHERE rowid = {position("OLD")}
            AND (NEW.kind <> 'content' OR {position("OLD")} IS NOT {position("NEW")});
        {PUT_FORMER} AND OLD.live_from IS NOT NEW.live_from;
    END""",
    f"""CREATE TRIGGER {TRIGGERS["delete"]} AFTER DELETE ON trends_edition BEGIN
        DELETE FROM trends_search WHERE rowid = {position("OLD")};
        {PUT_FORMER};
    END""",
)
DROP = (
    *(f"DROP TRIGGER IF EXISTS {name}" for name in TRIGGERS.values()),
    "DROP TABLE IF EXISTS trends_search",
)

# The rest takes parameters, so a % of its own is doubled. `standing` are the editions of a span of
# ids that are in force or still to come at a moment: (first id, last id, moment).
_STANDING = f"{ROW.replace('%', '%%')} AND e.id BETWEEN %s AND %s AND NOT {replaced('e', '%s')}"
_SAME = " AND ".join(f"s.{name} IS row.{name}" for name in COLUMNS)
_OF_NO_EDITION = f"""NOT EXISTS (SELECT 1 FROM ({ROW.replace("%", "%%")}) row
    WHERE row.edition_id = s.edition_id AND row.position = s.rowid AND {_SAME})"""
FILL = PUT.replace(ROW, _STANDING).removesuffix(" AND ")
# Of the span: what the index lacks or has otherwise.
WRONG = f"""SELECT row.edition_id FROM ({_STANDING}) row WHERE NOT EXISTS (
    SELECT 1 FROM trends_search s WHERE s.rowid = row.position AND {_SAME})"""
# What stands in the index and in no edition.
LOST = f"SELECT s.edition_id FROM trends_search s WHERE {_OF_NO_EDITION}"
CLEAR_LOST = f"""DELETE FROM trends_search WHERE rowid IN (
    SELECT s.rowid FROM trends_search s WHERE {_OF_NO_EDITION})"""
# Of the span: what a press has replaced since.
CLEAR_REPLACED = f"""DELETE FROM trends_search WHERE rowid IN (
    SELECT {position("e").replace("%", "%%")} FROM trends_edition e
    WHERE e.kind = 'content' AND e.id BETWEEN %s AND %s AND {replaced("e", "%s")})"""
TIDY = "INSERT INTO trends_search (trends_search) VALUES ('optimize')"
# Words of deleted rows stand in the segments of FTS5 until these are merged.
FORGET = TIDY
