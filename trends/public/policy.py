"""What browsers and caches are told of public responses."""

from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.http import HttpResponse

from . import styles

# A revalidation costs next to nothing here; a stale page costs trust.
REVALIDATED = "public, max-age=0, must-revalidate"
# The file name changes with the content.
FOR_EVER = "public, max-age=31536000, immutable"
# What is asked for beside every page, and seldom changes.
A_DAY = "public, max-age=86400"
PRIVATE = "no-store"
# What a CDN may keep is dropped by a job when it changes (jobs/purging.py); at the latest it ends
# after this. Pages that change by themselves before that are not kept there: the page store may
# give them out for a day before it makes them anew, and they may lie there as long again.
TAG = "newsroom"
IN_CDN = 86400  # seconds
STEADY = 2 * IN_CDN


def for_cdn(until: float, moment: float) -> dict[str, str]:
    """Headers that a CDN takes to itself: RFC 9213, and what was there before; {} without one.
    `until`: when the answer changes though nothing is written, in seconds."""
    if not settings.NEWSROOM_CDN_PURGE_URL:
        return {}
    kept = f"max-age={IN_CDN if until - moment > STEADY else 0}"
    return {
        "CDN-Cache-Control": kept, "Surrogate-Control": kept,
        "Cache-Tag": TAG, "Surrogate-Key": TAG,
    }  # fmt: skip


def csp(placeholder: str = "", own: str = "", *, framed_by: str = "'none'") -> str:
    """No script at all, style sheets known by their hashes, pictures of our own.

    `placeholder` is the hash of a page's second sheet, whose picture is in the sheet itself;
    `own` that of the rules that not every page has.
    """
    pictures = [*picture_sources(), *(["data:"] if placeholder else [])]
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'none'",
            " ".join(filter(None, ["style-src", styles.csp_source(), placeholder, own])),
            f"img-src {' '.join(pictures)}",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {framed_by}",
            "require-trusted-types-for 'script'",
        ]
    )


def picture_sources() -> list[str]:
    """Where pictures come from, as a policy names it: this site, and the one that keeps them."""
    elsewhere = media_origin()
    return ["'self'", elsewhere] if elsewhere else ["'self'"]


def media_origin() -> str:
    """The origin of the site that keeps the pictures; "" when it is this one."""
    return _origin_of(storages["default"], settings.NEWSROOM_BASE_URL)


@lru_cache(maxsize=1)
def _origin_of(storage: Storage, ours: str) -> str:
    # The name does not matter, and some storages take a while to sign an address.
    parts = urlsplit(storage.url("picture.jpg"))
    origin = f"{parts.scheme}://{parts.netloc}"
    return origin if parts.netloc and origin != ours else ""


def add_link(response: HttpResponse, address: str, said: str) -> None:
    """One more link of an answer, in its header (RFC 8288)."""
    link = f"<{address}>; {said}"
    response.headers["Link"] = ", ".join(filter(None, [response.headers.get("Link"), link]))
