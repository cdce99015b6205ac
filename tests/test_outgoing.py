"""What is asked of the web: public addresses only, on the socket too, and never for long."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from trends import outgoing
from trends.outgoing import Answer, ask, is_public

Serve = Callable[[bytes], bytes]
PUBLIC = "93.184.215.14"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


class Site:
    """A server of one thread; `answer` takes the head of a request and gives the bytes."""

    def __init__(self) -> None:
        self.heads: list[str] = []
        self.answer: Serve = lambda head: OK
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            with sock:
                head = sock.recv(65536)
                if head == b"stop":
                    return
                self.heads.append(head.decode("latin-1"))
                with suppress(OSError):  # whoever asked has left
                    sock.sendall(self.answer(head))

    def stop(self) -> None:
        with socket.socket() as sock:
            sock.connect(("127.0.0.1", self.port))
            sock.sendall(b"stop")
            self.thread.join(5)
        self.listener.close()

    @property
    def url(self) -> str:
        return f"http://example.org:{self.port}/a?b=c#d"

    def requests(self) -> list[str]:
        return [head.split(" HTTP")[0] for head in self.heads]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Every name leads to it, and it counts as public."""
    names(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(outgoing, "is_public", lambda address: True)
    site = Site()
    yield site
    site.stop()


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Every name leads to these."""

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, 0, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def asked(url: str, **options: Any) -> Answer:
    return ask(url, agent="Newsroom (+https://news.example.org)", **options)


def redirect(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def test_it_works(site: Site) -> None:
    assert asked(site.url) == Answer(200)
    assert site.requests() == ["HEAD /a?b=c"]
    assert "User-Agent: Newsroom (+https://news.example.org)" in site.heads[0]
    assert f"Host: example.org:{site.port}" in site.heads[0]


def test_what_head_is_refused_is_asked_as_readers_do(site: Site) -> None:
    site.answer = lambda head: (
        OK if head.startswith(b"GET") else b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n"
    )
    assert asked(site.url) == Answer(200)
    assert site.requests() == ["HEAD /a?b=c", "GET /a?b=c"]


def test_a_page_that_is_not_there(site: Site) -> None:
    site.answer = lambda head: b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    assert asked(site.url) == Answer(404)


def test_it_follows_redirects(site: Site) -> None:
    site.answer = lambda head: OK if b"/ende%C3%A9" in head else redirect("/endeé")
    assert asked(site.url) == Answer(200)
    assert site.requests() == ["HEAD /a?b=c", "HEAD /ende%C3%A9"]


def test_but_not_for_ever(site: Site) -> None:
    site.answer = lambda head: redirect("/again")
    assert asked(site.url).error == "It leads on more than 5 times."
    assert len(site.heads) == 6


def test_a_redirect_into_the_house_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hop is looked at anew: here the first one alone counts as public."""
    seen: list[str] = []
    monkeypatch.setattr(outgoing, "is_public", lambda address: not seen)

    def answer(head: bytes) -> bytes:
        seen.append("first")
        return redirect("http://inside.example.org/secrets")

    site.answer = answer
    assert asked(site.url) == Answer(0, "It leads to no public address.", is_ours=True)
    assert site.requests() == ["HEAD /a?b=c"]


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "gopher://x:1/_"])
def test_nor_does_it_leave_the_web(site: Site, to: str) -> None:
    site.answer = lambda head: redirect(to)
    assert asked(site.url) == Answer(0, "It is no address of the web.", is_ours=True)


def test_an_endless_head_is_cut_off(site: Site) -> None:
    def answer(head: bytes) -> bytes:
        return b"HTTP/1.1 200 OK\r\n" + b"".join(
            b"X-%d: %s\r\n" % (n, b"x" * 999) for n in range(99)
        )

    site.answer = answer
    assert "64 KB" in asked(site.url).error


def test_https_speaks_to_the_name_that_was_asked_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    names_checked: list[str] = []

    class Trust:
        def wrap_socket(self, sock: socket.socket, *, server_hostname: str) -> socket.socket:
            names_checked.append(server_hostname)
            return sock

    monkeypatch.setattr(outgoing, "_trust", Trust)
    assert asked(site.url.replace("http:", "https:")) == Answer(200)
    assert names_checked == ["example.org"]


def test_broken_encryption_says_nothing_of_the_page(site: Site) -> None:
    answer = asked(site.url.replace("http:", "https:"))  # it speaks no TLS
    assert answer.error.startswith("The encrypted connection failed: ")
    assert answer.is_ours


def test_a_server_that_is_silent_is_not_waited_for(site: Site) -> None:
    site.answer = lambda head: b""
    assert asked(site.url).error.startswith("No answer")
    enough = threading.Event()

    def dawdle(head: bytes) -> bytes:
        enough.wait()
        return b""

    site.answer = dawdle
    try:
        assert asked(site.url, seconds=0.2) == Answer(0, "No answer in 0.2 seconds.")
    finally:
        enough.set()


def test_a_name_that_takes_its_time_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: enough.wait() and [])
    try:
        assert asked("http://example.org/", seconds=0.1).error == "No answer in 0.1 seconds."
    finally:
        enough.set()


def test_proxies_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")
    assert asked(site.url) == Answer(200)


# --- what is refused ---


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://localhost/", "https://169.254.169.254/latest/",
        "http://10.0.0.1/", "http://[fe80::1%25lo]/",
    ],
)  # fmt: skip
def test_addresses_of_the_inside_are_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However they are written. Nothing is connected, which a control must be able to see."""
    known = {"localhost": "127.0.0.1", "127.1": "127.0.0.1", "2130706433": "127.0.0.1"}

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, 0, 0, "", (known.get(host, host), port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("it connected"))
    assert asked(url) == Answer(0, "It leads to no public address.", is_ours=True)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "javascript:alert(1)", "http:///x", "http://a:b@example.org/", ""]
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    answer = asked(url)
    assert answer.status == 0
    assert answer.error.startswith("It ")


def test_a_name_that_is_public_and_not_is_asked_at_its_public_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    names(monkeypatch, "10.0.0.1", "127.0.0.1")
    monkeypatch.setattr(outgoing, "is_public", lambda address: address == "127.0.0.1")
    assert asked(site.url) == Answer(200)


def test_a_name_is_looked_up_once_so_it_can_not_change_its_mind(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first answer is public, the next one is this machine."""
    monkeypatch.setattr(outgoing, "is_public", is_public)
    answers, connected = [PUBLIC, "127.0.0.1", "127.0.0.1"], []

    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, 0, 0, "", (answers.pop(0), port))]

    def connect(self: socket.socket, address: Any) -> None:
        connected.append(address[0])
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    assert asked(site.url).status == 0
    assert connected == [PUBLIC]
    monkeypatch.undo()


def test_what_the_socket_is_connected_to_decides(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is public, and yet the connection arrives here: not a byte is sent."""
    monkeypatch.setattr(outgoing, "is_public", is_public)
    names(monkeypatch, PUBLIC)
    connect = socket.socket.connect

    def elsewhere(self: socket.socket, address: Any) -> None:
        connect(self, ("127.0.0.1", site.port))

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", elsewhere)
        answer = asked(site.url)
        assert answer.error == "The connection led to an address that is not public."
        assert answer.is_ours
    # The server takes one after the other: what came in before this was empty.
    names(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(outgoing, "is_public", lambda address: True)
    assert asked(site.url) == Answer(200)
    assert site.requests() == ["", "HEAD /a?b=c"]


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.16.0.1", "192.0.2.1",
        "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "::7f00:1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2001:db8::1", "2002:7f00:1::", "2001:0:7f00:1::", "fc00::1", "fe80::1", "fe80::1%eth0",
        "fec0::1", "ff02::1", "100::1", "nonsense", "",
    ],
)  # fmt: skip
def test_these_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"],
)
def test_these_are(address: str) -> None:
    assert is_public(address)
