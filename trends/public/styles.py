"""The one style sheet of the public pages, inlined, and its hash for the CSP."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString

from .. import richtext

FOLDER = "css/public"
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
    """All of static/css/public in the order of the file names, for one <style> element."""
    return _built()[0]


def csp_source() -> str:
    """The sheet's hash as a CSP source: 'sha256-…'."""
    return _built()[1]


def _built() -> tuple[SafeString, str]:
    # Whoever works on the sheets wants to see each change.
    return _build() if settings.DEBUG else _build_once()


def _build() -> tuple[SafeString, str]:
    folder = finders.find(FOLDER)
    files = sorted(Path(folder).glob("*.css")) if folder else []
    css = squeeze("\n".join(file.read_text(encoding="utf-8") for file in files))
    if "</" in css:
        raise ValueError(f"A sheet in {FOLDER} holds '</', which ends the page's <style>: drop it.")
    return richtext.trusted(css), csp_source_of(css)


def csp_source_of(css: str) -> str:
    """What a policy calls a <style> that holds this, character by character: 'sha256-…'."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"'sha256-{digest}'"


_build_once = cache(_build)
