"""How a result travels from the worker to its parent: a line of JSON, then the files.

{"width", "height", "suggested": {field: words}, "files": [[preset, width, height, format, bytes]…],
"peak"} or {"bad": sentence, "peak"}. A file without a preset is the master.
"""

import errno
import json
import os
from typing import Any, BinaryIO

from .cascade import SINGLE
from .parts import MAX_SIDE, BadPicture, Failed, Made, Rendition
from .suggestions import AI, LENGTHS

NO_ROOM = 74  # exit status of a worker that could not write (sysexits.h: EX_IOERR)
LONGEST_LINE = 1 << 16
LONGEST_SENTENCE = 300
PRESETS = {"", "hero", "whole", "placeholder", *SINGLE}
SUFFIXES = {"avif", "jpg", "webp"}
NONSENSE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
KEYS = {"width", "height", "suggested", "files", "peak"}


def write_result(out: BinaryIO, answer: dict[str, Any], files: list[Rendition]) -> None:
    rows = [[one.preset, one.width, one.height, one.format, len(one.data)] for one in files]
    line = answer if "bad" in answer else answer | {"files": rows}
    try:
        out.write(json.dumps(line).encode() + b"\n")
        for one in files:
            out.write(one.data)
        out.flush()
    except OSError:
        os._exit(NO_ROOM)  # at a plain exit Python would try to write once more


def read_result(result: BinaryIO) -> Made:
    """Checked, because a decoder that was taken over may have written anything. Raises
    BadPicture, if that is what it says, and Failed for what can't be."""
    size = result.seek(0, os.SEEK_END)
    result.seek(0)
    try:
        said = json.loads(result.readline(LONGEST_LINE))
        if set(said) == {"bad", "peak"}:
            raise BadPicture(_words(said["bad"], LONGEST_SENTENCE))
        return _made(said, result, size - result.tell())
    except BadPicture:
        raise
    except NONSENSE as error:
        raise Failed(
            errno.EBADMSG, "The process that makes renditions gave an answer that can't be."
        ) from error


def _made(said: dict[str, Any], result: BinaryIO, size: int) -> Made:
    if set(said) != KEYS or sum(_count(row[4], size) for row in said["files"]) != size:
        raise ValueError("shape")
    files = [_file(row, result) for row in said["files"]]
    masters = [file for file in files if not file.preset]
    if len(masters) > 1 or len(masters) == len(files):
        raise ValueError("files")
    return Made(
        width=_count(said["width"], MAX_SIDE),
        height=_count(said["height"], MAX_SIDE),
        master=masters[0].data if masters else b"",
        renditions=[file for file in files if file.preset],
        suggested=_suggested(said["suggested"]),
        peak=_count(said["peak"], 1 << 48),
    )


def _file(row: list[Any], result: BinaryIO) -> Rendition:
    preset, width, height, suffix, length = row
    if preset not in PRESETS or suffix not in SUFFIXES:
        raise ValueError("kind")
    sizes = _count(width, MAX_SIDE), _count(height, MAX_SIDE)
    return Rendition(preset, *sizes, suffix, result.read(length))


def _suggested(said: dict[str, Any]) -> dict[str, str]:
    if not set(said) <= {"ai_use", *LENGTHS} or said.get("ai_use", "made") not in AI.values():
        raise ValueError("suggestions")
    return {field: _words(words, LENGTHS.get(field, 10)) for field, words in said.items()}


def _count(value: Any, most: int) -> int:
    if type(value) is not int or not 0 < value <= most:
        raise ValueError("count")
    return value


def _words(value: Any, most: int) -> str:
    if type(value) is not str or not 0 < len(value) <= most:
        raise ValueError("words")
    return value
