"""nginx with one file, the bytes of a page: as quickly as a page can be served."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .processes import Running, free_port, running

_CONFIGURATION = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000;
    open_file_cache max=10; default_type "{type}"; server_tokens off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port}; root {folder}/files;
        add_header Content-Encoding {coding}; add_header Vary Accept-Encoding;
    }}
}}
"""


@contextmanager
def serving(folder: Path, body: bytes, headers: Mapping[str, str]) -> Iterator[Running]:
    """The body at /page, with type and coding of the page."""
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "page").write_bytes(body)
    for path in (folder, folder / "files", folder / "files" / "page", folder.parent):
        path.chmod(0o755)  # its worker may be somebody else
    port, file = free_port(), folder / "nginx.conf"
    known = {"type": headers["content-type"], "coding": headers["content-encoding"]}
    file.write_text(_CONFIGURATION.format(folder=folder, port=port, **known))
    program = shutil.which("nginx") or "nginx"
    command = [program, "-c", str(file), "-p", str(folder)]
    with running(command, port, {"PATH": "/usr/bin:/bin"}, folder / "log") as server:
        yield server
