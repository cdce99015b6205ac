"""What has changed, as far as pages that are kept need to know it."""

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock

MOST = 10_000  # keys; some 2 MB


class Changes:
    """One a process, for all of its threads: the epoch (watch.py) that the last change of each
    key began. Of what is forgotten it is assumed that it touched every page."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.epochs: OrderedDict[str, int] = OrderedDict()  # the oldest first
        self.floor = 0  # no page from before this epoch is right

    def note(self, keys: Collection[str] | None, epoch: int) -> None:
        """`epoch` begins with changes of these; None: of anything."""
        with self.lock:
            if keys is None:
                self.epochs.clear()
                self.floor = epoch
                return
            for key in keys:
                self.epochs[key] = epoch
                self.epochs.move_to_end(key)
            while len(self.epochs) > MOST:
                _, self.floor = self.epochs.popitem(last=False)

    def spare(self, keys: Collection[str], epoch: int) -> bool:
        """Whether none of these has changed since that epoch."""
        with self.lock:
            found = map(self.epochs.get, keys)
            return epoch >= self.floor and all(at is None or at <= epoch for at in found)
