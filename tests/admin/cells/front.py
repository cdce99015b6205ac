"""The Front page screen and pins."""

from tests.admin.cells import DESK, EDITORS, ELSEWHERE, NOT_SO, Cell, both, only

FRONT = f"{DESK}/article/front"
CELLS: list[Cell] = [
    *both(f"{FRONT}/", only(*EDITORS)),
    *both(f"{FRONT}/pin/", only(*EDITORS)),
    *both(f"{FRONT}/pin/?piece={{other}}", only(*EDITORS)),
    *both(f"{FRONT}/{{pin}}/", only(*EDITORS)),
    ("get", f"{FRONT}/{{pin}}/unpin/", only(*EDITORS, status=NOT_SO)),
    ("post", f"{FRONT}/{{pin}}/unpin/", only(*EDITORS, status=ELSEWHERE)),
]
