"""What belongs to the list of pieces."""

from tests.admin.cells import DESK, NOT_SO, STAFF, YES, Cell, only

CELLS: list[Cell] = [
    *[
        ("get", f"{DESK}/article/?tab={tab}", only(*STAFF))
        for tab in ("mine", "changes", "nonsense")
    ],
    ("get", f"{DESK}/article/export/", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/article/export/", only(*STAFF, status=YES)),
]
