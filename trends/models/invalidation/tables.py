"""The tables that public pages read, and what a change of a row of theirs is called: its keys.

A key is the name of a thing whose page may look otherwise after the change: `article:7`,
`author:7`, `topic:7`, `image:7`. SITE stands for all of them. The search index follows the
editions; the test of the wall holds this list to what is asked (tests/public/test_wall.py).
"""

SITE = "site"
# A tail of more keys than that is no longer read: everything counts as changed.
MOST = 1000

_ARTICLE = "'article:' || {row}.article_id"
# Which article that is, is looked up when it is read (READ): SQLite refuses to make a table anew
# that a trigger of another one mentions. An edition that moves or goes names the article itself.
_OF_EDITION = "'edition:' || {row}.edition_id"
READ = """CASE WHEN substr(key, 1, 8) = 'edition:'
    THEN (SELECT 'article:' || e.article_id FROM trends_edition e
        WHERE e.id = CAST(substr(key, 9) AS bigint))
    ELSE key END"""
# A path that is hidden may be that of any piece (Address.hide).
_OF_ADDRESS = f"CASE WHEN {{row}}.path LIKE 'sha256:%' THEN '{SITE}' ELSE {_ARTICLE} END"

# Table → its keys as SQL of both databases, of a row called {row}.
KEYS: dict[str, tuple[str, ...]] = {
    "trends_address": (_OF_ADDRESS,),
    "trends_author": ("'author:' || {row}.id",),
    "trends_correction": (_ARTICLE, _OF_EDITION),
    "trends_edition": (_ARTICLE,),
    "trends_editionbyline": (_OF_EDITION,),
    "trends_image": ("'image:' || {row}.id",),
    "trends_pin": (_ARTICLE,),
    "trends_relatedtrend": (_ARTICLE,),
    "trends_topic": ("'topic:' || {row}.id",),
}
PUBLIC = tuple(KEYS)


def keys_of(table: str, *rows: str, source: str = "") -> str:
    """A SELECT of the keys of these rows; `source` is the FROM in which they stand."""
    selects = (
        f"SELECT {key.format(row=row)} AS key{source}" for row in rows for key in KEYS[table]
    )
    return " UNION ".join(selects)
