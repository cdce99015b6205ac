"""Quick evidence, and evidence that was withdrawn."""

from tests.admin.cells import DESK, EDITORS, NONE, NOT_SO, STAFF, Cell, both, only

KEY = "0" * 16  # no evidence has it
CELLS: list[Cell] = [
    ("get", f"{DESK}/article/quick-evidence/", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/article/quick-evidence/", only(*STAFF)),
    *both(f"{DESK}/article/{{own}}/withdrawn/{KEY}/", only(*STAFF, status=NONE)),
    *both(f"{DESK}/article/{{other}}/withdrawn/{KEY}/", only(*EDITORS, status=NONE)),
]
