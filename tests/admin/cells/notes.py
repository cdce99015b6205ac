"""Notes of a piece, and the page of all notes. `{note}` is a comment, `{complaint}` a reader's
complaint, both on the piece of Wes."""

from tests.admin.cells import (
    DESK,
    EDITORS,
    ELSEWHERE,
    NONE,
    NOT_SO,
    STAFF,
    UNCLEAR,
    Cell,
    only,
)

OWN, OTHER = f"{DESK}/article/{{own}}/notes/", f"{DESK}/article/{{other}}/notes/"
PUBLISHERS = ("pam", "root")
CELLS: list[Cell] = [
    ("get", f"{DESK}/article/notes/", only(*STAFF)),
    ("post", f"{DESK}/article/notes/", only(*STAFF, status=NOT_SO)),
    ("get", OWN, only(*STAFF)),
    ("get", OTHER, only(*EDITORS)),
    ("post", OWN, only(*STAFF, status=UNCLEAR)),
    ("post", OTHER, only(*EDITORS, status=UNCLEAR)),
    ("get", f"{OWN}people/", only(*STAFF)),
    ("get", f"{OTHER}people/", only(*EDITORS)),
    ("post", f"{OWN}people/", only(*STAFF, status=NOT_SO)),
    ("post", f"{OWN}{{note}}/reply/", only(*STAFF, status=UNCLEAR)),
    ("post", f"{OWN}{{note}}/close/", only(*STAFF, status=ELSEWHERE)),
    ("post", f"{OWN}{{note}}/reopen/", only(*STAFF, status=ELSEWHERE)),
    ("post", f"{OWN}{{note}}/erase/", only(*PUBLISHERS, status=NONE)),  # it came from nobody
    ("post", f"{OWN}{{complaint}}/reply/", only(*STAFF, status=UNCLEAR)),
    ("post", f"{OWN}{{complaint}}/close/", only(*EDITORS, status=UNCLEAR)),
    ("post", f"{OWN}{{complaint}}/reopen/", only(*EDITORS, status=ELSEWHERE)),
    ("post", f"{OWN}{{note}}/days/", only(*STAFF, status=NONE)),  # a comment has no days
    ("post", f"{OWN}{{complaint}}/days/", only(*EDITORS, status=UNCLEAR)),
    ("post", f"{OWN}{{complaint}}/erase/", only(*PUBLISHERS, status=ELSEWHERE)),
]
for act in ("reply", "close", "reopen", "days"):
    CELLS += [
        ("get", f"{OWN}{{note}}/{act}/", only(*STAFF, status=NOT_SO)),
        ("post", f"{OTHER}{{note}}/{act}/", only(*EDITORS, status=NONE)),  # it is not of this
    ]
CELLS.append(("get", f"{OWN}{{complaint}}/erase/", only(*PUBLISHERS, status=NOT_SO)))
