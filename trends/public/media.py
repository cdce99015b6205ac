"""Pictures: renditions only, by names that nobody can guess."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from . import policy
from .context import moved
from .errors import not_found

TYPES = {"avif": "image/avif", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
NAME = re.compile(rf"[0-9a-f]{{32}}\.({'|'.join(TYPES)})")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """Programs ask for it here, whatever a page says; its own name has its digest."""
    return moved(static("icons/favicon.ico"))


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition. Masters are in another storage, which no address leads to; and where another
    site serves the pictures, none leads here."""
    match = NAME.fullmatch(name)
    if match is None or policy.media_origin() or not default_storage.exists(name):
        return not_found(request)
    response = FileResponse(default_storage.open(name), content_type=TYPES[match[1]])
    response.headers["Cache-Control"] = policy.FOR_EVER
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
