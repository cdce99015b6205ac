"""Two-factor login is off here, so its pages are not there; tests/admin/two_factor has it on."""

from tests.admin.cells import ANYBODY, NONE, Cell, both, only

NOWHERE = only(*ANYBODY, status=NONE) | {"anonymous": NONE}
CELLS: list[Cell] = [
    *both("/admin/two_factor/", NOWHERE),
    *both("/admin/two_factor/code/", NOWHERE),
]
