"""Authors and topics."""

from tests.admin.cells import ANYBODY, DESK, EDITORS, ELSEWHERE, STAFF, Cell, both, only

CELLS: list[Cell] = []
for name in ("author", "topic"):
    one = f"{DESK}/{name}/{{{name}}}"
    CELLS += [
        *both(f"{DESK}/{name}/", only(*STAFF)),
        *both(f"{DESK}/{name}/add/", only(*EDITORS)),
        ("get", f"{one}/change/", only(*STAFF)),
        ("post", f"{one}/change/", only(*EDITORS)),
        *both(f"{one}/history/", only(*STAFF)),
        *both(f"{one}/delete/", only("root")),
        *both(f"{one}/", only(*ANYBODY, status=ELSEWHERE)),
    ]
