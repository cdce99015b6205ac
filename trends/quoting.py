"""Evidence from what somebody pastes: links and quotations become fields of rows.

Pure: nothing is fetched, and nothing typed is lost. What is not understood becomes the claim, or
the exact passage where it is too long for one.
"""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from .text import clean_url, normalise

Fields = dict[str, str]

# As the columns of Evidence have it; the exact passage takes any length.
LIMITS = {
    "claim": 400, "source_title": 300, "publisher": 200, "url": 2000, "speaker": 120,
    "speaker_role": 200,
}  # fmt: skip
PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "‘": "’"}
# Registers whose pages are filings and nothing else, without scheme.
FILINGS = ("sec.gov/archives/edgar/data/",)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MOST = 30  # rows of one paste; what comes after stands in the last
LONGEST = 40  # lines of a quotation

_ADDRESS = re.compile(
    r"(?:(?<!\w)https?://|(?<![\w@./-])www\.)[^\s<>\"“”«»„{}|^`\\]+", re.IGNORECASE
)
_LINKED_WORDS = re.compile(r"\[([^\[\]]{1,300})\]\((https?://[^\s()]{1,2000})\)")  # Markdown
_BULLET = re.compile(r"^(?:[-*•·–—]\s+)+(?=\S)")
_DASH = re.compile(r"^\s*(?:[—–―]|-{1,2}(?=\s))\s*")
_EDGES = " \t-–—―|:,;·•*>"
_COUNTS_VISITORS = re.compile(r"(?:utm_\w+|fbclid|gclid)=", re.IGNORECASE)
_MONTH = "(" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + r")\.?"
_DATE = re.compile(
    r"(?P<iso>\b\d{4}-\d{2}-\d{2})\.?$"
    rf"|\b(?P<day>\d{{1,2}}) {_MONTH},? (?P<year>\d{{4}})\.?$"
    rf"|\b{_MONTH} (?P<day2>\d{{1,2}}),? (?P<year2>\d{{4}})\.?$",
    re.IGNORECASE,
)


def rows(pasted: str) -> list[Fields]:
    """One row of evidence a line, as values of its form; a quotation may run over several lines,
    and the lines with its speaker and its address belong to it."""
    lines = list(_lines(pasted))
    if len(lines) > MOST:
        lines[MOST - 1 :] = [" ".join(lines[MOST - 1 :])]
    understood = (_fitted(_understood(line)) for line in lines)
    return [fields for fields in understood if fields.keys() - {"kind"}]


def _lines(pasted: str) -> Iterator[str]:
    lines = [line.strip() for line in normalise(pasted).split("\n")]
    at = 0
    while at < len(lines):
        lines[at] = _BULLET.sub("", lines[at])
        end = _end_of_quotation(lines, at) if lines[at][:1] in PAIRS else at + 1
        if lines[at]:
            yield " ".join(lines[at:end])
        at = end


def _end_of_quotation(lines: list[str], at: int) -> int:
    """The line behind those of the quotation that begins at the given one."""
    end = _closed(lines, at)
    if not end:
        return at + 1
    if lines[end : end + 1] and _DASH.match(lines[end]):
        end += 1
    has_address = any(_ADDRESS.search(line) for line in lines[at:end])
    if lines[end : end + 1] and not has_address and _ADDRESS.fullmatch(lines[end]):
        end += 1
    return end


def _closed(lines: list[str], at: int) -> int:
    """The line behind the one that closes a quotation; 0 when its paragraph ends before that."""
    if _closings(lines[at]):
        return at + 1
    marks = PAIRS[lines[at][0]]
    for i in range(at + 1, min(at + LONGEST, len(lines))):
        if not lines[i] or marks == "’":  # may be an apostrophe
            return 0
        if any(mark in lines[i] for mark in marks):
            return i + 1
    return 0


def _closings(line: str) -> list[int]:
    """Where the quotation may end that the line begins with."""
    marks = PAIRS[line[0]]
    ends = [i for i, char in enumerate(line) if i > 1 and char in marks]
    if marks == "’":
        ends = [i for i in ends if not line[i + 1 : i + 2].isalnum()]
    return [*ends[:LONGEST], *ends[LONGEST:][-1:]]


def _understood(line: str) -> Fields:
    if line[0] in PAIRS and (ends := _closings(line)):
        end = next((i for i in ends if _leads_away(line[i + 1 :])), ends[-1])
        return _quotation(line[1:end], line[end + 1 :])
    words, url = _without_address(line)
    return {"source_title": words.strip(_EDGES)} | _address(url) if url else {"claim": line}


def _leads_away(rest: str) -> bool:
    """What follows a mark tells that the quotation ends there."""
    if not rest.strip(" .") or _DASH.match(rest) or _ADDRESS.match(rest.strip(" (")):
        return True
    return rest.startswith(",") and not re.search(r"[“”„«»\"]", rest)


def _quotation(excerpt: str, rest: str) -> Fields:
    rest, url = _without_address(rest.strip())
    fields = _address(url) | {"kind": "quote", "excerpt": excerpt.strip()}
    if _DASH.match(rest) or rest.startswith(","):
        return fields | _attribution(_DASH.sub("", rest).strip(_EDGES))
    return fields | {"claim": rest.strip(" .")}


def _attribution(words: str) -> Fields:
    """“Speaker, role, place, date”: place and what else there is stand with the role."""
    words, day = _without_date(words)
    speaker, _, role = words.partition(",")
    return {"speaker": speaker.strip(), "speaker_role": role.strip(_EDGES), "dated_on": day}


def _without_date(words: str) -> tuple[str, str]:
    """A whole date at the end, as ISO has it; 3/4/2026 may be either, so it stays a word."""
    found = _DATE.search(words)
    day = _day(found) if found else ""
    return (words[: found.start()].strip(_EDGES), day) if found and day else (words, "")


def _day(found: re.Match[str]) -> str:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"]).isoformat()
        name = (found[3] or found[5]).lower()
        month = next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name))
        year, day = found["year"] or found["year2"], found["day"] or found["day2"]
        return date(int(year), month, int(day)).isoformat()
    except ValueError:  # 31 February
        return ""


def _without_address(line: str) -> tuple[str, str]:
    """The words around the first web address, and the address; "" where there is none."""
    line = _LINKED_WORDS.sub(r"\1 \2", line)
    for found in _ADDRESS.finditer(line):
        if len(found[0]) > LIMITS["url"]:
            continue
        typed = _trimmed(found[0])
        url = clean_url(typed if "://" in typed else f"https://{typed}")
        if url and len(url) <= LIMITS["url"]:
            before, after = line[: found.start()], line[found.start() + len(typed) :]
            return _joined(before, after), url
    return line, ""


def _trimmed(address: str) -> str:
    """Without the stop or the bracket that the sentence around it set behind it."""
    while address and _is_theirs(address):
        address = address[:-1]
    return address


def _is_theirs(address: str) -> bool:
    last = address[-1]
    opening = {")": "(", "]": "["}.get(last, last)
    return last in ".,;:!?'’*" or address.count(opening) < address.count(last)


def _joined(before: str, after: str) -> str:
    """What stood on both sides of an address, without the brackets that were round it."""
    if before.rstrip()[-1:] in ("(", "[") and after[:1] in (")", "]"):
        before, after = before.rstrip()[:-1], after[1:]
    return f"{before.rstrip()} {after.lstrip()}".strip()


def _address(url: str) -> Fields:
    """The address, and what it tells of itself; the kind only where it is certain."""
    if not url:
        return {}
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    fields = {"url": url, "publisher": host[: LIMITS["publisher"]]}
    if f"{host}{parts.path}".lower().startswith(FILINGS):
        return fields | {"kind": "filing"}
    return fields | ({"kind": "document"} if parts.path.lower().endswith(".pdf") else {})


def _fitted(fields: Fields) -> Fields:
    """Values that are too long for their fields stand in the exact passage."""
    fields = {name: value for name, value in fields.items() if value}
    long = [name for name, limit in LIMITS.items() if len(fields.get(name, "")) > limit]
    excerpt = [fields.get("excerpt", ""), *(fields.pop(name) for name in long)]
    if any(excerpt):
        fields["excerpt"] = "\n".join(filter(None, excerpt))
    return fields


def source_key(url: str) -> str:
    """What two addresses of the same source have in common: no scheme, no "www.", no closing
    slash, no fragment, and of the query only what doesn't count visitors."""
    parts = urlsplit(url)
    query = [part for part in parts.query.split("&") if part and not _COUNTS_VISITORS.match(part)]
    stem = source_stem(url)
    return f"{stem}?{'&'.join(sorted(query))}" if query else stem


def source_stem(url: str) -> str:
    """The part of source_key() that stands in every address of that source as it is."""
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
