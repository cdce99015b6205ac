"""A phone with an authenticator app, as RFC 6238 has it: the tests' own sum, not the server's."""

import hmac
import time
from base64 import b32decode

STEP = 30  # seconds


class Phone:
    def __init__(self, key: str) -> None:
        """`key` as the page shows it, in groups."""
        self.secret = b32decode(key.replace(" ", ""))

    def code(self, *, later: int = 0) -> str:
        """What the app shows now, or some steps later (earlier, where negative)."""
        counter = int(time.time()) // STEP + later
        digest = hmac.digest(self.secret, counter.to_bytes(8, "big"), "sha1")
        start = digest[-1] & 15
        number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
        return f"{number % 10**6:06}"
