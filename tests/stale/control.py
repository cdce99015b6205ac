"""A store as they are commonly made, for comparison: pages are kept until publishing clears them,
which is a step after the commit. It is here to be caught.

    python -m tests.stale.control FILE PORT

Publishing clears it by adding a byte to FILE.
"""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

FILE = "STALE_CONTROL_FILE"


class Cleared:
    def __init__(self, application: Any, file: str) -> None:
        self.application, self.file = application, file
        self.size = 0
        self.pages: dict[str, tuple[str, Any, bytes]] = {}

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if (size := os.stat(self.file).st_size) != self.size:
            self.size = size
            self.pages = {}
        pages, address = self.pages, f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        if address not in pages:
            pages[address] = self._render(environ)
        status, headers, body = pages[address]
        start_response(status, headers)
        return [body]

    def _render(self, environ: dict[str, Any]) -> tuple[str, Any, bytes]:
        said: list[Any] = []
        whole = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        chunks = self.application(whole, lambda *args: said.extend(args))
        try:
            return said[0], said[1], b"".join(chunks)
        finally:
            chunks.close()


if FILE in os.environ:
    application = Cleared(get_wsgi_application(), os.environ[FILE])

if __name__ == "__main__":
    os.environ[FILE] = sys.argv[1]
    Granian(
        "tests.stale.control:application",
        address="127.0.0.1",
        port=int(sys.argv[2]),
        interface=Interfaces.WSGI,
        blocking_threads=2,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()
