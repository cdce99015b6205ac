"""The list of pieces, the form of one, and its verbs."""

from tests.admin.cells import (
    ANYBODY,
    DESK,
    EDITORS,
    ELSEWHERE,
    NOT_SO,
    STAFF,
    STALE,
    YES,
    Cell,
    both,
    only,
)
from trends.admin.steps import NAMES

OWN, OTHER = f"{DESK}/article/{{own}}", f"{DESK}/article/{{other}}"
MAY = {
    "wes": {"submit"},
    "ada": {
        "submit",
        "approve",
        "return_to_writer",
        "hold",
        "release",
        "discard",
        "recover",
        "confirm",
    },
}


def who_may(verb: str) -> set[str]:
    return {name for name in MAY if verb in MAY[name]} | {"pam", "root"}


CELLS: list[Cell] = [
    *both(f"{DESK}/article/", only(*STAFF)),
    *both(f"{DESK}/article/add/", only(*STAFF)),
    *both(f"{OWN}/", only(*ANYBODY, status=ELSEWHERE)),  # on to the form, which asks who it is
    ("get", f"{OWN}/change/", only(*STAFF)),
    ("post", f"{OWN}/change/", only(*STAFF, status=STALE)),
    ("get", f"{OTHER}/change/", only(*EDITORS)),
    ("post", f"{OTHER}/change/", only(*EDITORS, status=STALE)),
    *both(f"{OWN}/preview/", only(*STAFF)),
    *both(f"{OTHER}/preview/", only(*EDITORS)),
    ("get", f"{DESK}/article/add/preview/", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/article/add/preview/", only(*STAFF)),
    *both(f"{OWN}/delete/", only()),
    *both(f"{OTHER}/delete/", only()),
]
for verb in NAMES:
    # Nothing was published just now: there is nothing to undo.
    status = STALE if verb == "undo" else YES
    for address, who in ((OWN, who_may(verb)), (OTHER, who_may(verb) - {"wes"})):
        CELLS += [
            ("get", f"{address}/{verb}/", only(*who)),
            ("post", f"{address}/{verb}/", only(*who, status=status)),
        ]
