"""Text in which nothing is markup, and what no place in a document can mislead."""

import re

SPACE = re.compile("[ \t\n\r\f]+")
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_SPECIAL = re.compile(
    r"[\\`*\[\]<~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # between two letters it is a letter
    r"|&(?=#?\w{1,32};)"  # else it is no entity
)
# What makes a heading, a list, a quotation or a rule of a line that begins with it.
_LINE_START = re.compile(r"(?m)^(?:(\d{1,9})([.)](?:\s|$))|(>|[-=#](?=[-=#\s]|$)|\+(?=\s|$)))")
_ODD_IN_URL = re.compile(r"[\s\x00-\x1f\x7f<>()\[\]\\^`{|}\"]")


def escaped(value: str) -> str:
    """Of a line only the start can still mislead."""
    return _SPECIAL.sub(r"\\\g<0>", CONTROLS.sub("", value))


def destination(url: str) -> str:
    """An address between parentheses or behind a colon."""
    quoted = _ODD_IN_URL.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), url)
    return re.sub(r"&(?=#?\w{1,32};)", "&amp;", quoted)


def started(markdown: str) -> str:
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", markdown)


def one_line(markdown: str) -> str:
    return SPACE.sub(" ", markdown).strip(" ")


def unclosed(words: str) -> str:
    """A heading that ends in "#" keeps it."""
    return re.sub(r"#$", r"\\#", words)
