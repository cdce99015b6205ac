"""The index on PostgreSQL: a narrow table beside the editions, and the triggers that fill it.

Raise VERSION when any of this changes: the next `migrate` then makes the index anew.
"""

VERSION = 1
TRIGGERS = {name: f"trends_search_{name}_{VERSION}" for name in ("change", "truncate")}
FUNCTIONS = ("fold", "words", "query", "put", "follow", "empty")
OBJECTS = frozenset({"trends_search", *TRIGGERS.values()})
PRESENT = """
    SELECT relname::text FROM pg_class WHERE oid = to_regclass('trends_search')
    UNION SELECT tgname::text FROM pg_trigger WHERE tgrelid = to_regclass('trends_edition')"""

# Letters in small, without accents; every other sign a blank, so that the parser of PostgreSQL
# finds no hosts, paths or signed numbers. The ranges are spelt out: what [:alnum:] means depends
# on the locale of the database.
FOLD = r"""CREATE FUNCTION trends_search_fold(said text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(normalize(left(said, 250000), NFKD),
        '[\u0300-\u036f]', '', 'g'),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8'
        '\u00bb\u00bf\u00d7\u00f7\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3020'
        '\ufe30-\ufe4f\uff01-\uff0f]+', ' ', 'g') $$"""
WORDS = """CREATE FUNCTION trends_search_words(said text, weight "char") RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.simple', trends_search_fold(coalesce(said, ''))),
        weight) $$"""
# Words side by side, the last of them unfinished if so asked.
QUERY = """CREATE FUNCTION trends_search_query(said text, is_prefix boolean) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN is_prefix AND numnode(words) > 0 THEN (words::text || ':*')::tsquery
        ELSE words END
    FROM (SELECT phraseto_tsquery('pg_catalog.simple', trends_search_fold(said)) AS words) s $$"""


def position(row: str) -> str:
    seconds = f"extract(epoch FROM date_trunc('second', {row}.first_published_at))::bigint"
    return f"({seconds} * 1073741824 + {row}.id)"


# What is indexed of an edition `e`. The topic is an id, since names may change; no word of a text
# holds a #.
ROW = f"""
    SELECT e.id AS edition_id, {position("e")} AS position,
        trends_search_words(e.title, 'A') || trends_search_words(e.standfirst, 'B')
        || trends_search_words((
            SELECT string_agg(point ->> 'text', E'\\n')
            FROM jsonb_array_elements(coalesce(e.content #> '{{key_points,rows}}', '[]')) point
        ), 'C')
        || trends_search_words(e.text, 'D')
        || array_to_tsvector(array_remove(ARRAY['#' || e.topic_id], NULL)) AS words
    FROM trends_edition e WHERE e.kind = 'content'"""
_INTO = "INSERT INTO trends_search (edition_id, rowid, trends_search)"
_OVER = """ON CONFLICT (edition_id) DO UPDATE
    SET rowid = excluded.rowid, trends_search = excluded.trends_search"""


def replaced(row: str, moment: str) -> str:
    """Whether a later edition of the piece has begun."""
    return f"""EXISTS (SELECT 1 FROM trends_edition later WHERE later.article_id = {row}.article_id
        AND later.live_from > {row}.live_from AND later.live_from <= {moment})"""


PUT = f"""CREATE FUNCTION trends_search_put(edition bigint) RETURNS void LANGUAGE sql AS $$
    {_INTO} {ROW} AND e.id = edition {_OVER} $$"""
# Comparing happens in here, since a trigger that names columns would stand in the way of
# migrations that change them.
FOLLOW = f"""CREATE FUNCTION trends_search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            PERFORM trends_search_put(NEW.id);
            DELETE FROM trends_search WHERE edition_id IN (
                SELECT e.id FROM trends_edition e
                WHERE e.article_id = NEW.article_id AND {replaced("e", "NEW.pressed_at")});
            RETURN NULL;
        END IF;
        IF TG_OP = 'DELETE' THEN
            DELETE FROM trends_search WHERE edition_id = OLD.id;
        ELSIF (OLD.title, OLD.standfirst, OLD.text, OLD.content, OLD.topic_id,
               OLD.first_published_at, OLD.live_from, OLD.kind)
            IS NOT DISTINCT FROM (NEW.title, NEW.standfirst, NEW.text, NEW.content, NEW.topic_id,
               NEW.first_published_at, NEW.live_from, NEW.kind) THEN
            RETURN NULL;
        ELSIF NEW.kind <> 'content' THEN
            DELETE FROM trends_search WHERE edition_id = NEW.id;
        ELSIF OLD.live_from <> NEW.live_from
            OR EXISTS (SELECT 1 FROM trends_search WHERE edition_id = NEW.id) THEN
            PERFORM trends_search_put(NEW.id);
        END IF;
        -- The edition that readers get again when OLD goes or moves.
        IF TG_OP = 'DELETE' OR OLD.live_from <> NEW.live_from THEN
            PERFORM trends_search_put(former.id) FROM (
                SELECT id FROM trends_edition
                WHERE article_id = OLD.article_id AND live_from < OLD.live_from
                ORDER BY live_from DESC LIMIT 1) former;
        END IF;
        RETURN NULL;
    END $$"""
EMPTY = """CREATE FUNCTION trends_search_empty() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN DELETE FROM trends_search; RETURN NULL; END $$"""
CREATE = (
    """CREATE TABLE trends_search (
        edition_id bigint PRIMARY KEY, rowid bigint NOT NULL, trends_search tsvector NOT NULL)""",
    "CREATE INDEX trends_search_newest ON trends_search (rowid DESC)",
    "CREATE INDEX trends_search_words ON trends_search USING gin (trends_search)",
    FOLD, WORDS, QUERY, PUT, FOLLOW, EMPTY,
    f"""CREATE TRIGGER {TRIGGERS["change"]} AFTER INSERT OR UPDATE OR DELETE ON trends_edition
        FOR EACH ROW EXECUTE FUNCTION trends_search_follow()""",
    f"""CREATE TRIGGER {TRIGGERS["truncate"]} AFTER TRUNCATE ON trends_edition
        FOR EACH STATEMENT EXECUTE FUNCTION trends_search_empty()""",
)  # fmt: skip
DROP = (
    # CASCADE takes the triggers along, whatever table they stood on.
    *(f"DROP FUNCTION IF EXISTS trends_search_{name} CASCADE" for name in reversed(FUNCTIONS)),
    "DROP TABLE IF EXISTS trends_search",
)

# `standing` are the editions of a span of ids that are in force or still to come at a moment:
# (first id, last id, moment).
_STANDING = f"{ROW} AND e.id BETWEEN %s AND %s AND NOT {replaced('e', '%s')}"
_OF_NO_EDITION = f"""NOT EXISTS (SELECT 1 FROM ({ROW}) r WHERE r.edition_id = s.edition_id
    AND r.position = s.rowid AND r.words = s.trends_search)"""
FILL = f"{_INTO} {_STANDING} {_OVER}"
# Of the span: what the index lacks or has otherwise.
WRONG = f"""SELECT r.edition_id FROM ({_STANDING}) r WHERE NOT EXISTS (
    SELECT 1 FROM trends_search s WHERE s.edition_id = r.edition_id
    AND s.rowid = r.position AND s.trends_search = r.words)"""
# What stands in the index and in no edition.
LOST = f"SELECT s.edition_id FROM trends_search s WHERE {_OF_NO_EDITION}"
CLEAR_LOST = f"DELETE FROM trends_search s WHERE {_OF_NO_EDITION}"
# Of the span: what a press has replaced since.
CLEAR_REPLACED = f"""DELETE FROM trends_search WHERE edition_id IN (
    SELECT e.id FROM trends_edition e
    WHERE e.kind = 'content' AND e.id BETWEEN %s AND %s AND {replaced("e", "%s")})"""
TIDY = "ANALYZE trends_search"
FORGET = ""
