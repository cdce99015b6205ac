"""Who wrote a page and when: "By Ann LeeMarch 3, 2024No Comments3 Mins Read" and its relatives."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = rf"(?i:{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_DATE = (
    rf"(?:(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?P<month2>{_MONTH}),? (?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})(?:T[\d:.+Z-]*)?)"
)
_AROUND = r"(?:\s*(?:[|\u00b7\u2022,-]\s*)?(?:(?:No|\d+) Comments?|\d+ Mins? Read|Share)?)*"
# Lazy: "Published on" below is no surname.
_NAME = r"[^\W\d_][\w.'\u2019-]*(?: [^\W\d_][\w.'\u2019-]*){0,4}?"
_NAMES = rf"{_NAME}(?:(?:,? and | ?& ?|, ?|; ?| ?/ ?){_NAME}){{0,9}}?"
_SAID_ON = r"(?:(?i:published|posted|updated|last updated)(?: on)?:? *)?"
_BYLINE = re.compile(
    rf"(?i:written by|by|author):? *(?P<names>{_NAMES})\s*(?:[|\u00b7,-]\s*)?(?:on )?"
    rf"{_SAID_ON}{_DATE}{_AROUND}"
)
_BARE_BYLINE = re.compile(rf"(?i:written by|by):? (?P<names>{_NAMES}){_AROUND}")
_DATE_LINE = re.compile(rf"{_SAID_ON}{_DATE}{_AROUND}")
_PARTS = re.compile(r",? and | ?& ?|, ?|; ?| ?/ ?")
_AFTER_A_NAME = frozenset(["Jr", "Jr.", "Sr", "Sr.", "PhD", "MD", "II", "III"])
_LONGEST = 200  # characters; a byline is a line


@dataclass(frozen=True, slots=True)
class Credit:
    authors: tuple[str, ...] = ()
    on: date | None = None


def read_byline(line: str) -> Credit | None:
    """What a line says of author and date, or None when it is no byline."""
    if len(line) > _LONGEST:
        return None
    if match := _BYLINE.fullmatch(line):
        return Credit(split_names(match["names"]), _date(match))
    if match := _DATE_LINE.fullmatch(line):
        return Credit((), _date(match))
    match = _BARE_BYLINE.fullmatch(line)
    names = split_names(match["names"]) if match else ()
    return Credit(names) if names and all(map(looks_like_a_name, names)) else None


def split_names(text: str) -> tuple[str, ...]:
    names: list[str] = []
    for part in (part.strip() for part in _PARTS.split(text)):
        if names and part in _AFTER_A_NAME:
            names[-1] += f", {part}"
        elif part and part not in names:
            names.append(part)
    return tuple(names)


def looks_like_a_name(text: str) -> bool:
    """Two to five words, each with a capital ("de" and its kin excepted)."""
    words = text.split()
    capitals = [word for word in words if word[0].isupper()]
    return 2 <= len(words) <= 5 and len(capitals) >= 2 and words[-1][0].isupper()


def read_date(text: str) -> date | None:
    match = re.match(_DATE, text)
    return _date(match) if match else None


def _date(match: re.Match[str]) -> date | None:
    """None for a day that no calendar has."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        name = (match["month"] or match["month2"])[:3].lower()
        month = next(n for n, full in enumerate(_MONTHS, 1) if full.startswith(name))
        return date(int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"]))
    except ValueError:
        return None
