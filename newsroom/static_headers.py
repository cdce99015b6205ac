"""What caches are told of static files."""

from wsgiref.headers import Headers

A_YEAR = "public, max-age=31536000, immutable"


def static_headers(headers: Headers, path: str, url: str) -> None:
    """A year, as for pictures, where WhiteNoise says ten: of files whose name is their content."""
    if "immutable" in (headers.get("Cache-Control") or ""):
        headers["Cache-Control"] = A_YEAR
