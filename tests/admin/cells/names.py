"""Merging, names of an import, and the health of the site."""

from tests.admin.cells import DESK, EDITORS, NOT_SO, STAFF, Cell, only

CELLS: list[Cell] = [
    ("get", f"{DESK}/author/{{author}}/merge/", only(*EDITORS)),
    ("post", f"{DESK}/author/{{author}}/merge/", only(*EDITORS)),
    ("get", f"{DESK}/topic/{{topic}}/merge/", only(*EDITORS)),
    ("post", f"{DESK}/topic/{{topic}}/merge/", only(*EDITORS)),
    ("get", f"{DESK}/author/unresolved/", only(*EDITORS)),
    ("post", f"{DESK}/author/unresolved/", only("otto", "tess", *STAFF, status=NOT_SO)),
    ("get", f"{DESK}/author/{{author}}/known/", only("otto", "tess", *STAFF, status=NOT_SO)),
    ("post", f"{DESK}/author/{{author}}/known/", only(*EDITORS, status=302)),
    ("get", f"{DESK}/article/health/", only(*EDITORS)),
    ("post", f"{DESK}/article/health/", only(*EDITORS)),
]
