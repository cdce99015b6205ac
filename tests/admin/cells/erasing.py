"""Erasing: a permission of its own, which Administrators have."""

from tests.admin.cells import DESK, NOT_SO, Cell, both, only

ERASERS = ("tess", "root")
CELLS: list[Cell] = [
    ("get", f"{DESK}/article/erase/", only(*ERASERS)),
    ("post", f"{DESK}/article/erase/", only(*ERASERS, status=NOT_SO)),
    *both(f"{DESK}/article/{{own}}/erase/", only(*ERASERS)),
]
