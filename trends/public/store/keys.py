"""Which requests the store may answer, and what makes two of them the same."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

from ..api.asked import AFTER
from ..counting import is_of_staff
from ..delivery import best
from ..filters import TrendFilter
from ..paging import PARAMETER
from ..search_form import SearchForm

Key = tuple[str, ...]
# All parameters that a public page looks at. With any other one Django answers.
PARAMETERS = {"p", PARAMETER, AFTER, *TrendFilter.base_filters, *SearchForm.base_fields}
LONGEST = 300  # characters of a query, or of what is accepted: both are remembered
# With these Django weighs more than the store does.
DEMANDING = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
coding_of = lru_cache(maxsize=1000)(best)


def key_of(environ: Mapping[str, Any]) -> Key | None:
    """None for what the store has no part in. Whoever is logged in gets everything from Django."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or settings.NEWSROOM_MAINTENANCE:
        return None
    if is_of_staff(environ):
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if path.startswith(_never()) or not is_known(query):
        return None
    if any(name in environ for name in DEMANDING):
        return None
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    if len(accepted) > LONGEST:
        return None
    return (
        path,
        query,
        coding_of(accepted),
        host_of(environ),
        scheme_of(environ),
        environ.get("SCRIPT_NAME", ""),
    )


def _never() -> tuple[str, ...]:
    """Files, the desk, and what is shared in private."""
    return (settings.STATIC_URL, settings.MEDIA_URL, "/admin/", "/preview/")


def is_known(query: str) -> bool:
    """Known parameters alone."""
    if len(query) > LONGEST:
        return False
    return not query or {name for name, _ in parse_qsl(query, True)} <= PARAMETERS


def host_of(environ: Mapping[str, Any]) -> str:
    return environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"


def scheme_of(environ: Mapping[str, Any]) -> str:
    """As Django finds it: http is sent on to https, and HSTS goes with https alone."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure = settings.SECURE_PROXY_SSL_HEADER
        if (said := environ.get(name)) is not None:
            return "https" if said.split(",", 1)[0].strip() == secure else "http"
    return str(environ["wsgi.url_scheme"])
