"""Outgoing requests (security rule 14): what an address of the web answers, asked carefully.

Only addresses that everybody can reach are asked, which is looked at twice: of what the name
leads to, before anything is sent there, and of the socket that is connected. So a name that
leads elsewhere a moment later leads nowhere, and no redirect leads into the house. Proxies of the
environment are not used: they would be asked instead.
"""

import errno
import io
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

SECONDS = 5.0  # for everything: names, connections, redirects
REDIRECTS = 5
MOST = 64 * 1024  # bytes that are read of one answer; the head of it is all that is wanted
PORTS = {"http": 80, "https": 443}
# How networks without IPv4 write its addresses (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")
_GIVEN_OUT = IPv6Network("2000::/3")  # all of IPv6 that anybody has as a public address


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` of the last answer, else 0; `error`: why there was none, in a sentence. `is_ours`:
    the fault may be on this side, or is one of encryption, so it says nothing of the page."""

    status: int
    error: str = ""
    is_ours: bool = False


class _Failed(Exception):
    def __init__(self, message: str, *, is_ours: bool = False) -> None:
        super().__init__(message)
        self.is_ours = is_ours


def ask(url: str, *, agent: str, seconds: float = SECONDS) -> Answer:
    """Ask an http(s) address for no more than how it is. Raises nothing. `agent`: who asks."""
    clock = _Clock(seconds)
    try:
        for _ in range(REDIRECTS + 1):
            status, onward = _hop(url, agent, clock)
            if not onward:
                return Answer(status)
            url = urljoin(url, onward)
        raise _Failed(f"It leads on more than {REDIRECTS} times.")
    except _Failed as failed:
        return Answer(0, str(failed), failed.is_ours)
    except TimeoutError:
        return Answer(0, f"No answer in {seconds:g} seconds.")
    except ssl.SSLError as error:
        why = getattr(error, "verify_message", "") or error.reason or "unknown"
        return Answer(0, f"The encrypted connection failed: {why}.", is_ours=True)
    except (OSError, HTTPException, ValueError) as error:
        is_ours = getattr(error, "errno", None) == errno.ENETUNREACH
        return Answer(0, f"No answer: {error or type(error).__name__}.", is_ours)


def is_public(address: str) -> bool:
    """Everybody can reach it: no address of this machine, of a house, of a provider's inside, of
    a group. An address inside of another one counts, too."""
    try:
        outer = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if not isinstance(outer, IPv6Address):
        return outer.is_global and not (outer.is_multicast or outer.is_reserved)
    if outer in _NAT64:
        return is_public(str(ip_address(int(outer) & 0xFFFF_FFFF)))
    inside = [outer.ipv4_mapped, outer.sixtofour, *(outer.teredo or ())]
    if any(inner and not is_public(str(inner)) for inner in inside):
        return False
    if outer.ipv4_mapped:
        return True
    return outer in _GIVEN_OUT and outer.is_global


class _Clock:
    """One allowance of time for all that belongs to a question."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds; raises TimeoutError when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def _hop(url: str, agent: str, clock: _Clock) -> tuple[int, str]:
    """(status, where it leads on to or ""). Some servers know no HEAD, or answer it wrongly or
    never, so what looks bad is asked for as a reader would."""
    parts = _parts(url)
    try:
        status, onward = _request("HEAD", parts, agent, _Clock(clock.left() / 2))
        if status < 400:
            return status, onward
    except (ConnectionError, TimeoutError, HTTPException):
        pass
    return _request("GET", parts, agent, clock)


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise _Failed("It is no address of the web.", is_ours=True)
    if parts.username or parts.password:
        raise _Failed("It carries a name or a password.", is_ours=True)
    return parts


def _request(method: str, parts: SplitResult, agent: str, clock: _Clock) -> tuple[int, str]:
    host = parts.hostname or ""
    wire = _Wire(_connected(host, parts.port or PORTS[parts.scheme], clock), clock)
    try:
        if parts.scheme == "https":
            wire.encrypt(host)
        connection = HTTPConnection(host, parts.port)
        connection.default_port = PORTS[parts.scheme]
        connection.sock = wire
        target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        headers = {"User-Agent": agent, "Accept": "*/*", "Connection": "close"}
        connection.request(method, _ascii(target), headers=headers)
        with connection.getresponse() as response:
            leads_on = response.status in (301, 302, 303, 307, 308)
            onward = response.headers.get("Location", "") if leads_on else ""
            return response.status, onward.encode("latin-1").decode(errors="replace")
    finally:
        wire.close()


def _ascii(target: str) -> str:
    """As browsers send what is not ASCII."""
    kept = "".join(chr(n) for n in range(0x21, 0x7F))
    return quote(target if target.startswith("/") else f"/{target}", safe=kept)


def _connected(host: str, port: int, clock: _Clock) -> socket.socket:
    """A socket that is connected to a public address of that name."""
    error: OSError = OSError("the name leads nowhere")
    for family, address in _public_addresses(host, port, clock):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(clock.left())
            sock.connect(address)
            if not is_public(sock.getpeername()[0]):
                raise _Failed("The connection led to an address that is not public.", is_ours=True)
        except OSError as failed:
            sock.close()
            error = failed
        except BaseException:
            sock.close()
            raise
        else:
            return sock
    raise error


def _public_addresses(host: str, port: int, clock: _Clock) -> Iterator[tuple[int, Any]]:
    found = _look_up(host, port, clock)
    public = [(family, address) for family, *_, address in found if is_public(address[0])]
    if not public:
        raise _Failed("It leads to no public address.", is_ours=True)
    yield from public


def _look_up(host: str, port: int, clock: _Clock) -> list[Any]:
    """What the system knows of a name. It takes its time and can't be told to hurry, so it is
    waited for and no longer."""
    said: SimpleQueue[Any] = SimpleQueue()

    def look() -> None:
        try:
            said.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            said.put(error)

    threading.Thread(target=look, daemon=True).start()
    try:
        found = said.get(timeout=clock.left())
    except Empty:
        raise TimeoutError from None
    if isinstance(found, socket.gaierror) and found.errno == socket.EAI_AGAIN:
        raise _Failed("The names of the web can't be looked up now.", is_ours=True)
    if isinstance(found, Exception):
        raise _Failed("There is no such site.")
    return list(found)


class _Wire:
    """A socket as http.client wants it, with one allowance of time and of bytes."""

    def __init__(self, sock: socket.socket, clock: _Clock) -> None:
        self.sock, self.clock = sock, clock

    def encrypt(self, host: str) -> None:
        self.sock.settimeout(self.clock.left())
        self.sock = _trust().wrap_socket(self.sock, server_hostname=host)

    def sendall(self, data: Any) -> None:
        self.sock.settimeout(self.clock.left())
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        self.sock.close()


class _Reader(io.RawIOBase):
    def __init__(self, wire: _Wire) -> None:
        self.wire, self.room = wire, MOST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.wire.sock.settimeout(self.wire.clock.left())
        count = self.wire.sock.recv_into(buffer, min(len(buffer), self.room) or 1)
        self.room -= count
        if self.room < 0:
            raise _Failed("Its answer begins with more than 64 KB of headers.")
        return count


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()
