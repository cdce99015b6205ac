"""`manage.py serve`: the site on one address, by granian, until Ctrl-C or SIGTERM.

With --jobs it brings a worker for the jobs along, which `make run` asks for.
"""

import os
import signal
from argparse import ArgumentParser
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from ..beside import Beside

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
    STOP_SIGNALS.remove(signal.SIGHUP)  # nohup: the site shall outlive its terminal


class Command(BaseCommand):
    help = "Serve the site."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        workers = os.environ.get("WEB_CONCURRENCY", "2")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=settings.PORT, help="port to listen on")
        parser.add_argument("--workers", type=int, default=workers, help="worker processes")
        parser.add_argument("--threads", type=int, default=2, help="threads of each worker")
        parser.add_argument(
            "--jobs", action="store_true", help="do the jobs as well, as `manage.py work` does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self.stdout.write(addresses(host=host, port=port))
        self.stdout.flush()
        server = build(host=host, port=port, workers=options["workers"], threads=options["threads"])
        beside = Beside(self.stderr.write)
        if options["jobs"]:
            server.on_startup(beside.begin)  # behind stop_from_thread: its thread hears no signal
        try:
            server.serve()
        except OSError as error:
            raise CommandError(f"Can't listen on {host}:{port} ({error.strerror}).") from error
        finally:
            beside.end()


def addresses(*, host: str, port: int) -> str:
    """Where to point the browser; in production the public address, which a proxy listens on."""
    shown = f"[{host}]" if ":" in host else host
    base = f"http://{shown}:{port}" if settings.LOCAL else settings.NEWSROOM_BASE_URL
    lines = ["", f"  Site   {base}/", f"  Admin  {base}{reverse('admin:index')}"]
    if settings.NEWSROOM_HTTPS and not settings.SECURE_PROXY_SSL_HEADER:
        lines.append(
            "  NEWSROOM_PROXY_SSL_HEADER is not set, so every page answers with a redirect to "
            "https: write the header that your proxy sends there, usually X-Forwarded-Proto."
        )
    return "\n".join([*lines, "  Ctrl-C stops it.", ""])


def build(*, host: str, port: int, workers: int, threads: int) -> AbstractServer[Any]:
    """Two workers by default: SQLite has one writer at a time, more would wait for each other."""
    server = Granian(
        "newsroom.worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    )
    server.on_startup(lambda: stop_from_thread(server))
    return server


def stop_from_thread(server: AbstractServer[Any]) -> None:
    """Two signals at once, as from a terminal and a supervisor, may both be taken by threads that
    granian runs, and its main thread sleeps on (Python runs handlers there only). So all threads
    block them, and one that does nothing else waits for them."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    Thread(target=stop_on_signal, args=[server], daemon=True).start()


def stop_on_signal(server: AbstractServer[Any]) -> None:
    signal.sigwait(STOP_SIGNALS)
    server.signal_handler_interrupt()
