"""What prose looks like, as pure functions over strings: no model, no request, no HTML.

Callers hand in plain text. Markup must be taken off first: a phrase that a tag interrupts is not
found. Every finder reports the words as they stand in the text, so that a message can quote them.
"""

import re
import unicodedata
from urllib.parse import SplitResult, urlsplit, urlunsplit

# --- characters -----------------------------------------------------------------------------

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_ODD_SPACES = re.compile("[\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, and marks that no reader sees: soft hyphen, zero-width space, word joiner, byte order
# mark, direction overrides. U+200C and U+200D stay: Persian and emoji need them.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u202a-\u202e\u2060\ufeff]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def normalise(text: str) -> str:
    r"""NFC, every kind of space a plain space, every line end ``\n``, unseen marks gone.

    Letters, curly quotes and full-width punctuation stay as written; a lone surrogate, which no
    database takes, becomes U+FFFD. Doing it twice changes nothing.
    """
    text = _LONE_SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _ODD_SPACES.sub(" ", text)))


def one_line(text: str) -> str:
    """``normalise``, and every run of white space a single space."""
    return " ".join(normalise(text).split())


# --- placeholders (design: rules.md) --------------------------------------------------------

# A dot before "tk" or "xxx" makes it an internet domain, unless it is the newsroom's capital TK.
_PLACEHOLDERS = re.compile(
    r"(?<!\w)(?:pending\s+intelligence\s+enrichment|editorial\s+author\s+not\s+yet\s+assigned"
    r"|will\s+appear\s+here|lorem\s+ipsum|(?-i:(?:TK)+)|(?<![.@])(?:(?:tk)+|x{3,}))(?!\w)",
    re.IGNORECASE,
)
_DOUBTFUL = re.compile(r"(?<!\w)(?:TBC|TBD)(?!\w)", re.IGNORECASE)


def find_placeholders(text: str) -> list[str]:
    """Wordings that stand for text still to be written, in order, each once; [] when none."""
    return _each_once(_PLACEHOLDERS, text)


def find_doubtful(text: str) -> list[str]:
    """TBC and TBD: they may be placeholders or facts, so they only deserve a warning."""
    return _each_once(_DOUBTFUL, text)


def _each_once(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(match[0].strip() for match in pattern.finditer(one_line(text))))


# --- labels of the former template ----------------------------------------------------------

# Label -> the section that it opened. An apostrophe matches its curly forms too.
LABELS = {
    "what happened": "lede",
    "why it's important": "analysis",
    "why it is important": "analysis",
    "why this is important": "analysis",
    "why it matters": "analysis",
    "why this matters": "analysis",
    "our take": "analysis",
    "key points": "key_points",
    "key takeaways": "key_points",
    "tl;dr": "key_points",
    "what's next": "actions",
    "what to watch": "actions",
}
# These also begin honest headlines ("Analysis: the cost of …"); only glue gives them away.
_ONLY_GLUED = (
    *("what's next", "what to watch", "headline", "context", "evidence"),
    *("analysis", "actions", "author"),
)


def either_case(words: tuple[str, ...]) -> str:
    """A pattern (without flags) for any of the words, in lower, upper or mixed case."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest_first)
    return f"(?i:{pattern})".replace("'", "['\u2019\u2018\u02bc]").replace(r"\ ", r"\s+")


_TOLD = either_case(tuple(word for word in LABELS if word not in _ONLY_GLUED))
_ANY = either_case((*LABELS, *_ONLY_GLUED))
# Glued without a colon only labels of several words are sure: "ContextLogic" is a company.
GLUED_WORDS = rf"{either_case(tuple(LABELS))}(?=[A-Z][a-z])"
GLUED_LABEL = re.compile(
    rf"^{_TOLD}\s*[:\uff1a]"  # the text begins with it
    rf"|(?=[A-Z]){_TOLD}\s*[:\uff1a]"  # inside, where only the capital tells it from prose
    rf"|^{_ANY}[:\uff1a](?=\S)|^{GLUED_WORDS}"  # glued to the next word
    rf"|(?:^|(?<=[.!?\u201d\"]\s))(?=[A-Z]){_TOLD}\s*$"  # nothing but a label, or one left over
)


def glued_label(text: str) -> str | None:
    """The first label of the former template ("What happened:") left in a text, or None."""
    match = GLUED_LABEL.search(one_line(text))
    return match[0].strip() if match else None


# --- Also Read ------------------------------------------------------------------------------

_READ_ALSO = "(?:also read|read also|see also)"
# Capitals tell the marker from prose such as "He also read: …"; at the start of a block the colon
# is enough. Without a colon both words need a capital, and "See Also" the start of a block.
ALSO_READ = re.compile(
    rf"(?:(?-i:(?<![A-Z_])(?=[ARS]))|(?<!\w)(?:^ *|(?<=>))){_READ_ALSO}\s*[:\uff1a]"
    r"|(?-i:(?<![A-Z_])(?:Also Read|ALSO READ|Read Also|READ ALSO))(?!\w)"
    r"(?:\s+[-\u2013\u2014|](?=\s))?"
    rf"|^ *(?-i:(?=[ARS])){_READ_ALSO}\s+[-\u2013\u2014|](?=\s)"
    r"|^ *(?-i:See Also|SEE ALSO)(?!\w)",
    re.IGNORECASE | re.MULTILINE,
)


def find_also_read(text: str) -> list[str]:
    """Markers ("Also Read:", "See also:") left in prose, one entry for each occurrence."""
    return [match[0].strip() for match in ALSO_READ.finditer(normalise(text))]


# --- sentences ------------------------------------------------------------------------------

_CLOSERS = "\"'\u2019\u201d\u00bb)\\]"
# Possessive and anchored at the first mark of a run, so that a page of dots costs no more.
_SENTENCE_END = re.compile(
    rf"(?<![.!?\u2026])[.!?\u2026]++[{_CLOSERS}]*+(?:\s*\[\[E\d+\]\])*+(?=\s)"
    rf"|[\u3002\uff01\uff1f][{_CLOSERS}]*+"
)
_OPENING = "\"'\u2018\u201c\u00ab(["
_FAR_ENOUGH = 60  # characters looked at on either side of a mark


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence: something must follow.
_LEADS_ON = _words(
    "mr mrs ms dr prof gen sen rep gov st lt col capt sgt rev vs e.g i.e cf fig figs vol approx "
    "messrs mme"
)
# May end one; then the next sentence opens with a word that opens sentences.
_MAY_END = _words(
    "inc ltd co corp llc plc bros jr sr etc al no nos dept est jan feb mar apr jun jul aug sep "
    "sept oct nov dec ave blvd rd ed eds pp"
)
# Words that open sentences far more often than they stand, with a capital, inside one.
OPENERS = _words(
    "the a an this that these those it its they their he she his her we our i you your but and "
    "or so yet in on at by for from with as if when while after before since although though "
    "because however meanwhile still also both all some many most no not there here what why "
    "how who until under according last next earlier later"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def split_sentences(text: str) -> list[str]:
    """Sentences, trimmed; a blank line ends one too. Together they hold every word of the text.

    No end is seen inside "A$1.5bn", after "U.S.", "Inc." or an initial unless the next word opens
    sentences ("The", "In" …), nor before a small letter. When in doubt the sentence goes on.
    """
    paragraphs = re.split(r"\n\s*\n", normalise(text))
    return [part for paragraph in paragraphs for part in _split(" ".join(paragraph.split()))]


def _split(line: str) -> list[str]:
    parts, start = [], 0
    for match in _SENTENCE_END.finditer(line):
        before = line[max(start, match.start() - _FAR_ENOUGH) : match.start()]
        after = line[match.end() : match.end() + _FAR_ENOUGH]
        if _is_end(before, match[0], after.lstrip()):
            parts.append(line[start : match.end()].strip())
            start = match.end()
    return [part for part in (*parts, line[start:].strip()) if part]


def _is_end(before: str, mark: str, after: str) -> bool:
    if mark[0] in "\u3002\uff01\uff1f":
        return True
    following = after.lstrip(_OPENING)
    if not following or following[0].islower():
        return False
    return mark[0] != "." or mark.startswith("..") or _full_stop_ends(before, following)


def _full_stop_ends(before: str, following: str) -> bool:
    word = before.rpartition(" ")[2].lstrip(_OPENING).lower()
    if word in _LEADS_ON or before.strip().isdigit():  # "Dr." and the "1." of a list
        return False
    if word == "no" and not following[0].isdigit():
        return True
    if word in _MAY_END or _INITIALS.fullmatch(word):
        return re.split(r"[^\w]", following, maxsplit=1)[0].lower() in OPENERS
    return True


def whole_sentences(text: str, limit: int = 220) -> str:
    """As many of the first sentences as fit in ``limit`` characters, none of them cut.

    A last sentence that the source itself had cut is left out. If not even the first one fits,
    the text is cut at a word, outside brackets, and ends in "…": ``is_cut`` tells.
    """
    best = ""
    for sentence in split_sentences(text):
        longer = f"{best} {sentence}".strip()
        if len(longer) > limit or is_cut(sentence):
            break
        best = longer
    return best or _cut_at_word(one_line(text), limit)


def _cut_at_word(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    room = max(limit - 1, 0)
    head = text[:room] if text[room].isspace() else text[:room].rpartition(" ")[0] or text[:room]
    opened = max(head.rfind("("), head.rfind("["))
    if opened > 0 and opened > max(head.rfind(")"), head.rfind("]")):
        head = head[:opened]
    return (head.rstrip(" ,;:\u2013\u2014-(\u201c\u2018") + "\u2026")[:limit]


_ELLIPSIS = re.compile(r"(?:\u2026|\.\.\.|&hellip;|\[\s*(?:\u2026|\.{3})\s*\])$")
_HANGS_ON = re.compile(
    r"(?:[,;:(\[\u2013\u2014-]|\b(?:a|an|the|of|and|or|to|in|on|at|by|for|from|with|as|that|which"
    r"|its|their|is|are|was|were|has|have|will|would))$",
    re.IGNORECASE,
)
_CITATIONS = re.compile(r"(?:\s*\[\[E\d+\]\])+$")
_FINISHED = re.compile(rf"[.!?\u3002\uff01\uff1f][{_CLOSERS}]*$")


def is_cut(text: str) -> bool:
    """Whether a text was cut off: it ends in "…" or in the middle of a sentence.

    A short line without a full stop may be a style; it counts as cut when it hangs on ("of the",
    a comma, an open bracket), follows a finished sentence, or has 120 characters and more.
    """
    line = _CITATIONS.sub("", one_line(text))
    if _ELLIPSIS.search(line.rstrip(_CLOSERS.replace("\\]", ""))) or _open_bracket(line):
        return True
    if not line or _FINISHED.search(line):
        return False
    unfinished_second = len(split_sentences(line)) > 1
    return bool(_HANGS_ON.search(line)) or unfinished_second or len(line) >= 120


def _open_bracket(line: str) -> bool:
    return line.rfind("(") > line.rfind(")") or line.rfind("[") > line.rfind("]")


# --- addresses (design: security.md 13) -----------------------------------------------------

_ESCAPED = str.maketrans({char: f"%{ord(char):02X}" for char in ' "<>`{}|^'})


def clean_url(url: str) -> str | None:
    """The address as it may be stored: http(s) or one leading ``/``; None for any other.

    NFC, no controls or unseen marks, scheme and host in small letters, blanks escaped. Refused
    too: backslashes (browsers read them as slashes), user names and passwords, bad hosts and ports.
    """
    url = normalise(url).replace("\n", "").strip()
    if not url or "\\" in url or "\ufffd" in url:
        return None
    try:
        parts = urlsplit(url)
        return _stored_form(parts)
    except ValueError:  # a bracketed host or a port that is none
        return None


def _stored_form(parts: SplitResult) -> str | None:
    path, query, fragment = (part.translate(_ESCAPED) for part in parts[2:])
    if not parts.scheme and not parts.netloc:
        ok = path.startswith("/") and not path.startswith("//")
        return urlunsplit(("", "", path, query, fragment)) if ok else None
    if parts.scheme not in ("http", "https") or not _is_host(parts.netloc, parts.hostname):
        return None
    _ = parts.port  # raises ValueError when it is no number or out of range
    return urlunsplit((parts.scheme, parts.netloc.lower(), path, query, fragment))


def _is_host(netloc: str, hostname: str | None) -> bool:
    return bool(hostname) and "@" not in netloc and not re.search(r"[\s\"'<>`{}|^%]", netloc)
