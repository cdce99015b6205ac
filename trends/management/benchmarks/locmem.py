"""The site behind Django's page cache in the memory of the process, as its documentation has it:
what the page store is compared with."""

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.middleware.cache import UpdateCacheMiddleware

SECONDS = 3600
HERE = "trends.management.benchmarks.locmem"


class KeepAnyway(UpdateCacheMiddleware):
    """Keep pages that ask caches to look again each time: Django's own never asks again."""

    def __init__(self, get_response: object) -> None:
        super().__init__(get_response)  # type: ignore[arg-type]
        self.page_timeout = SECONDS


def _application() -> object:
    django.setup()
    settings.MIDDLEWARE = [
        f"{HERE}.KeepAnyway",
        *settings.MIDDLEWARE,
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    return get_wsgi_application()


application = _application()
