"""The history of a piece, its versions and its notes; who reads it."""

from tests.admin.cells import (
    ANYBODY,
    DESK,
    EDITORS,
    ELSEWHERE,
    NOT_SO,
    STAFF,
    UNCLEAR,
    Cell,
    both,
    only,
)

OWN, OTHER = f"{DESK}/article/{{own}}", f"{DESK}/article/{{other}}"
CELLS: list[Cell] = [
    *both(f"{OWN}/history/", only(*STAFF)),
    *both(f"{OTHER}/history/", only(*EDITORS)),
    ("get", f"{OWN}/readers/", only(*STAFF)),
    ("get", f"{OTHER}/readers/", only(*EDITORS)),
    ("post", f"{OWN}/readers/", only(*ANYBODY, status=NOT_SO)),
    ("get", f"{OWN}/revisions/1/name/", only(*STAFF, status=NOT_SO)),
    ("post", f"{OWN}/revisions/1/name/", only(*STAFF, status=ELSEWHERE)),
    ("post", f"{OTHER}/revisions/1/name/", only(*EDITORS, status=ELSEWHERE)),
    ("get", f"{OWN}/revisions/1/restore/", only(*STAFF)),
    ("get", f"{OTHER}/revisions/1/restore/", only(*EDITORS)),
    ("post", f"{OWN}/revisions/1/restore/", only(*STAFF, status=UNCLEAR)),
    ("post", f"{OTHER}/revisions/1/restore/", only(*EDITORS, status=UNCLEAR)),
]
