"""Who makes a page that many ask for at once: one thread, and the others wait for it."""

from collections.abc import Hashable
from threading import Event, Lock


class Flight:
    """A page in the making. `is_kept`: it can be looked for in the store afterwards."""

    def __init__(self) -> None:
        self.is_over = Event()
        self.is_kept = False


class Flights:
    """One a process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.by_key: dict[Hashable, Flight] = {}

    def join(self, key: Hashable) -> tuple[Flight, bool]:
        """The flight, and whether it is the caller who makes the page; who does must end it."""
        with self.lock:
            found = self.by_key.get(key)
            if found:
                return found, False
            mine = self.by_key[key] = Flight()
            return mine, True

    def end(self, key: Hashable) -> None:
        with self.lock:
            flight = self.by_key.pop(key)
        flight.is_over.set()
