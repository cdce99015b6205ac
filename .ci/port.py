"""Can the site listen there? Asked before anything else is done."""

import errno
import socket

from environment import Refused

REASONS = {
    errno.EADDRINUSE: "is busy: stop what listens there, or take another one: make run PORT={}",
    errno.EACCES: "needs the rights of root: take one above 1023, as in make run PORT={}",
}


def refuse_port(host: str, port: str) -> None:
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise Refused(f"PORT is {port!r}: write a number from 1 to 65535, as in make run PORT=8001")
    if problem := probe(host, int(port)):
        another = int(port) + 1 if 1023 < int(port) < 65535 else 8001
        reason = REASONS.get(
            problem, f"can't be had on {host} (HOST): write an address of this machine"
        )
        raise Refused(f"Port {port} {reason.format(another)}")


def probe(host: str, port: int) -> int:
    """0, or the number of the error. Connecting comes first: some systems let two listen on one
    port when their addresses differ, and then one of them never hears anything."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as client:
        client.settimeout(1)
        if client.connect_ex((host, port)) == 0:
            return errno.EADDRINUSE
    with socket.socket(family) as server:
        # Connections that a stopped server left behind are not in the way.
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            server.bind((host, port))
        except OSError as error:
            return error.errno or errno.EADDRNOTAVAIL
    return 0
