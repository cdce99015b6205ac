"""Ready answers in memory, the least recently asked ones dropped first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

from django.utils.http import parse_etags

from ..delivery import OF_THE_BODY

Headers = list[tuple[str, str]]
OVERHEAD = 1000  # bytes of the objects round a body and its headers
LARGEST_SHARE = 8  # what takes more than this part of the room would drive out everything else


@dataclass(frozen=True, slots=True)
class Page:
    """One answer in one encoding. It is right in `epoch` (watch.py) and before `until` (seconds).
    `article`: the piece of which it is a view."""

    status: str  # "200 OK"
    headers: Headers
    body: bytes
    epoch: int
    until: float
    article: int | None

    def is_right(self, epoch: int, moment: float) -> bool:
        return self.epoch == epoch and moment < self.until

    @property
    def size(self) -> int:
        said = sum(len(name) + len(value) for name, value in self.headers)
        return OVERHEAD + len(self.body) + said

    @property
    def etag(self) -> str:
        """Only pages with 200 have one (delivery.py)."""
        return next((value for name, value in self.headers if name == "ETag"), "")

    def is_known_to(self, if_none_match: str) -> bool:
        """Whether the reader has it, as RFC 9110 compares (weakly)."""
        known = parse_etags(if_none_match) if self.etag else []
        return known == ["*"] or self.etag in (tag.removeprefix("W/") for tag in known)

    @property
    def headers_of_304(self) -> Headers:
        """All but those of the body, as delivery.py sends them."""
        return [(name, value) for name, value in self.headers if name not in OF_THE_BODY]


class Pages:
    """One a process, for all of its threads. `room`: bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.lock = Lock()
        self.kept: OrderedDict[Hashable, Page] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> Page | None:
        with self.lock:
            page = self.kept.get(key)
            if page is not None:
                self.kept.move_to_end(key)
            return page

    def put(self, key: Hashable, page: Page) -> None:
        if page.size > self.room // LARGEST_SHARE:
            return
        with self.lock:
            former = self.kept.pop(key, None)
            self.size += page.size - (former.size if former else 0)
            self.kept[key] = page
            while self.size > self.room:
                _, oldest = self.kept.popitem(last=False)
                self.size -= oldest.size

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0
