"""The queue of pending sections, and handing over."""

from tests.admin.cells import DESK, STAFF, Cell, only

EDITING = ("ada", "pam", "root")
CELLS: list[Cell] = [
    ("get", f"{DESK}/article/queue/", only(*STAFF)),
    ("post", f"{DESK}/article/queue/", only(*STAFF)),
    ("get", f"{DESK}/article/handover/", only(*EDITING)),
    ("post", f"{DESK}/article/handover/", only(*EDITING)),
]
