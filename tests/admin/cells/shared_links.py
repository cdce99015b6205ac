"""Shared links of a piece, and its related trends: whoever may change it may do both."""

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

OWN, OTHER = f"{DESK}/article/{{own}}", f"{DESK}/article/{{other}}"
CELLS: list[Cell] = [
    ("get", f"{OWN}/links/", only(*STAFF)),
    ("get", f"{OTHER}/links/", only(*EDITORS)),
    ("post", f"{OWN}/links/", only(*STAFF, status=UNCLEAR)),
    ("post", f"{OTHER}/links/", only(*EDITORS, status=UNCLEAR)),
    ("get", f"{OWN}/related/", only(*STAFF)),
    ("get", f"{OTHER}/related/", only(*EDITORS)),
    ("post", f"{OWN}/related/", only(*STAFF, status=UNCLEAR)),
    ("post", f"{OTHER}/related/", only(*EDITORS, status=UNCLEAR)),
    ("get", f"{OWN}/links/{{link}}/revoke/", only(*STAFF, status=NOT_SO)),
    ("post", f"{OWN}/links/{{link}}/revoke/", only(*STAFF, status=ELSEWHERE)),
    ("post", f"{OTHER}/links/{{link}}/revoke/", only(*EDITORS, status=NONE)),  # it is not of this
]
