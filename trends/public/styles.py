"""The style sheets of the public pages, inlined, and their hashes for the CSP.

One sheet is of every page: the files of static/css/public numbered 0x, 1x and 9x. The parts, 2x to
8x, go only where they are needed: PAGES says which page shows which.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString

from .. import richtext

FOLDER = "css/public"
COMMON = "*"
LIMIT = 8 * 1024  # bytes of all sheets of a page together, the placeholder's included

_FRONT = "hero cards front entries"
_TREND = "notice byline hero prose evidence rows sheet portrait cards"
# Template → names of its parts: "cards" is static/css/public/30-cards.css.
PAGES = {
    "home.html": f"{_FRONT} rows",
    "trend_list.html": "entries form chips",
    "search.html": "entries form chips search",
    "archive.html": "archive",
    "month.html": "entries",
    "topics.html": "entries",
    "topic.html": _FRONT,
    "author.html": "entries portrait",
    "corrections.html": "entries",
    "about/about.html": "prose policies",
    "about/ownership.html": "prose policies",
    "about/corrections.html": "prose policies",
    "about/ai.html": "prose policies",
    "about/complaints.html": "prose policies",
    "trend.html": _TREND,
    "shared.html": f"{_TREND} form advice",
    "retracted.html": "notice",
    "not_found.html": "entries form find",
    "gone.html": "entries form find",
    "bad_request.html": "",
    "not_allowed.html": "",
    "error.html": "",
    "unavailable.html": "",
}
_STRING = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_COMMENT = re.compile(_STRING + r"|/\*.*?\*/", re.DOTALL)
# Blanks around + and - matter in calc(); before : and ( and [ and after ) they matter in selectors.
_LOOSE = re.compile(r"\s*([{};,>])\s*|([:(])\s+|\s+(?=[)!])")


def squeeze(css: str) -> str:
    """The same rules without comments and needless blanks; strings stay as they are."""
    bare = _COMMENT.sub(lambda match: match[1] or " ", css)
    parts = re.split(_STRING, bare)
    squeezed = "".join(part if i % 2 else _tight(part) for i, part in enumerate(parts))
    return squeezed.replace(";}", "}").strip()


def _tight(css: str) -> str:
    return _LOOSE.sub(lambda m: m[1] or m[2] or "", re.sub(r"\s+", " ", css))


def sheet() -> SafeString:
    """What every page has, for one <style> element."""
    return _built(COMMON)[0]


def own_sheet(template: str) -> SafeString:
    """What the pages of a template have beside it, for a second one; "" where that is nothing."""
    return _built(PAGES[template])[0]


def csp_source() -> str:
    """The hash of sheet() as a CSP source: 'sha256-…'."""
    return _built(COMMON)[1]


def own_csp_source(template: str) -> str:
    """That of own_sheet(); "" where there is none."""
    own, source = _built(PAGES[template])
    return source if own else ""


def _built(parts: str) -> tuple[SafeString, str]:
    # Whoever works on the sheets wants to see each change.
    return _build(parts) if settings.DEBUG else _build_once(parts)


def _build(parts: str) -> tuple[SafeString, str]:
    css = squeeze("\n".join(file.read_text(encoding="utf-8") for file in _files(parts.split())))
    if "</" in css:
        raise ValueError(f"A sheet in {FOLDER} holds '</', which ends the page's <style>: drop it.")
    return richtext.trusted(css), csp_source_of(css)


def _files(parts: list[str]) -> Iterator[Path]:
    """The files of these parts, in the order of their names."""
    found = finders.find(FOLDER)
    for file in sorted(Path(found).glob("*.css")) if found else []:
        number, _, name = file.stem.partition("-")
        if (COMMON if number[0] in "019" else name) in parts:
            yield file


def csp_source_of(css: str) -> str:
    """What a policy calls a <style> that holds this, character by character: 'sha256-…'."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"'sha256-{digest}'"


_build_once = cache(_build)
