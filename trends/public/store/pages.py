"""Ready answers in memory, the least recently asked ones dropped first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

from django.utils.http import parse_etags

from ..delivery import OF_THE_BODY
from .changes import Changes
from .watch import Known

Headers = list[tuple[str, str]]
OVERHEAD = 1000  # bytes of the objects round a body and its headers
OF_A_KEY = 100  # bytes, with its place in the set
LARGEST_SHARE = 8  # what takes more than this part of the room would drive out everything else


@dataclass(slots=True)
class Page:
    """One answer in one encoding. It was right in `epoch` (watch.py) and is before `until`
    (seconds) as long as none of its `keys` changes; None: as long as nothing does. `article`: the
    piece of which it is a view."""

    status: str  # "200 OK"
    headers: Headers
    body: bytes
    epoch: int
    until: float
    article: int | None
    keys: frozenset[str] | None = None
    etag: str = field(init=False)  # only answers with 200 have one (delivery.py)
    headers_of_304: Headers = field(init=False)  # all but those of the body, as delivery.py has it

    def __post_init__(self) -> None:
        self.etag = next((value for name, value in self.headers if name == "ETag"), "")
        self.headers_of_304 = [pair for pair in self.headers if pair[0] not in OF_THE_BODY]

    def is_right(self, known: Known, moment: float, changes: Changes) -> bool:
        if moment >= self.until:
            return False
        if self.keys is None:
            return self.epoch == known.epoch and moment < known.until
        if self.epoch < known.epoch:
            if not changes.spare(self.keys, self.epoch):
                return False
            # Where two threads do this the lower one may stay: then it is asked once more.
            self.epoch = known.epoch
        return True

    @property
    def size(self) -> int:
        said = sum(len(name) + len(value) for name, value in self.headers)
        return OVERHEAD + len(self.body) + said + OF_A_KEY * len(self.keys or ())

    def is_known_to(self, if_none_match: str) -> bool:
        """Whether the reader has it, as RFC 9110 compares (weakly)."""
        if not self.etag or if_none_match == self.etag:  # what browsers send
            return bool(self.etag)
        known = parse_etags(if_none_match)
        return known == ["*"] or self.etag in (tag.removeprefix("W/") for tag in known)


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

    def put(self, key: Hashable, page: Page) -> bool:
        """False for what is too large."""
        if page.size > self.room // LARGEST_SHARE:
            return False
        with self.lock:
            former = self.kept.pop(key, None)
            self.size += page.size - (former.size if former else 0)
            self.kept[key] = page
            while self.size > self.room:
                _, oldest = self.kept.popitem(last=False)
                self.size -= oldest.size
            return True

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0
