"""The tables that public pages read. The search index follows the editions; the test of the wall
holds this list to what is asked (tests/public/test_wall.py)."""

PUBLIC = (
    "trends_address",
    "trends_author",
    "trends_correction",
    "trends_edition",
    "trends_editionbyline",
    "trends_image",
    "trends_pin",
    "trends_relatedtrend",
    "trends_topic",
)
