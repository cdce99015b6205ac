"""Mentions: the names of accounts that a text names, as “@ada”."""

import re
from collections.abc import Container

# As Django lets accounts be called. What stands in an address, such as a@b.c or x/@y, is none.
_MENTION = re.compile(r"(?<![^\s(\[{\"'“‘«,;:–—])@([\w.@+-]*\w)")


def mentions(text: str) -> list[str]:
    """The names in order, each once, as they were typed: "Ask @ada, @wes." → ada, wes."""
    return list({name.lower(): name for name in _MENTION.findall(text)}.values())


def parts(text: str, known: Container[str]) -> list[tuple[str, bool]]:
    """The text cut into (words, whether they are a mention); `known`: names in small letters."""
    found, at = [], 0
    for match in _MENTION.finditer(text):
        if match[1].lower() in known:
            found += [(text[at : match.start()], False), (match[0], True)]
            at = match.end()
    return [(words, is_mention) for words, is_mention in [*found, (text[at:], False)] if words]
