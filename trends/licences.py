"""What a picture's licence says, and the page that explains it."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_SITE = "https://creativecommons.org"
# "CC BY-SA 3.0", "cc-by 4.0 International", "CC BY 3.0 DE". Without its version nobody can tell
# which licence is meant, so there is no link.
_SHORT = re.compile(
    r"(?:cc|creative commons)[ -]?(by(?:-(?:nc-sa|nc-nd|nc|sa|nd))?)[ -]"
    r"(1\.0|2\.0|2\.5|3\.0|4\.0)(?: (?:generic|unported|international|int\.?|intl\.?))?"
    r"(?:[ -]([a-z]{2}))?"
)
_LONG = {"attribution": "by", "noncommercial": "nc", "sharealike": "sa", "noderivatives": "nd"}
_ZERO = re.compile(r"(?:cc|creative commons)[ -]?(?:0|zero)(?:[ -]1\.0)?(?: universal)?")
_MARK = re.compile(r"(?:cc )?(?:pdm|public domain mark)(?: 1\.0)?")
_DEED = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/"
    r"(zero|mark|by(?:-[a-z]{2}){0,2})/([1-4]\.[05])(?:/([a-z]{2}))?(?:/.*)?"
)
_NAMES = {"zero": "CC0", "mark": "Public Domain Mark"}


@dataclass(frozen=True, slots=True)
class Licence:
    """`words` for readers; `url` of the text that explains it, "" where none is known."""

    words: str
    url: str


def read(written: str) -> Licence:
    """What an editor wrote: the name of a Creative Commons licence, an address, other words."""
    written = " ".join(written.split())
    if _is_address(written):
        return Licence(_name_of(written), written)
    return Licence(written, _deed(written))


def _is_address(written: str) -> bool:
    if not re.fullmatch(r"https?://[^\s<>\"]+", written, re.IGNORECASE):
        return False
    try:
        return bool(urlsplit(written).hostname)
    except ValueError:
        return False


def _name_of(url: str) -> str:
    """What to call a licence that was given as an address: "CC BY 4.0", else its site."""
    match = _DEED.fullmatch(url.lower())
    if match is None:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    kind, version, port = match.groups()
    name = _NAMES.get(kind, f"CC {kind.upper()}")
    return " ".join(filter(None, (name, version, (port or "").upper())))


def _deed(words: str) -> str:
    words = _shortened(words.lower().replace("_", "-"))
    if _ZERO.fullmatch(words):
        return f"{_SITE}/publicdomain/zero/1.0/"
    if _MARK.fullmatch(words):
        return f"{_SITE}/publicdomain/mark/1.0/"
    match = _SHORT.fullmatch(words)
    if match is None:
        return ""
    parts = (match[1].replace(" ", "-"), match[2], match[3])
    return f"{_SITE}/licenses/{'/'.join(filter(None, parts))}/"


def _shortened(words: str) -> str:
    """The long name of a licence as the short one: "attribution-sharealike" → "by-sa"."""
    for long, short in _LONG.items():
        words = words.replace(long, short)
    return re.sub(r"^(cc|creative commons) by (nc|sa|nd)", r"\1 by-\2", words)
