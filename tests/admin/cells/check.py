"""The readiness panel of the form."""

from tests.admin.cells import DESK, EDITORS, NOT_SO, STAFF, Cell, only

CELLS: list[Cell] = [
    ("post", f"{DESK}/article/add/check/", only(*STAFF)),
    ("get", f"{DESK}/article/add/check/", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/article/{{own}}/check/", only(*STAFF)),
    ("get", f"{DESK}/article/{{own}}/check/", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/article/{{other}}/check/", only(*EDITORS)),
    ("get", f"{DESK}/article/{{other}}/check/", only(*EDITORS, status=NOT_SO)),
]
