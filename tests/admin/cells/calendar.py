"""The calendar and the releases."""

from tests.admin.cells import ANYBODY, DESK, ELSEWHERE, NOT_SO, STAFF, Cell, both, only
from tests.admin.cells.site import AUTOCOMPLETE

PUBLISHERS = ("pam", "root")
ONE = f"{DESK}/release/{{release}}"
CELLS: list[Cell] = [
    ("get", f"{DESK}/article/calendar/", only(*STAFF)),
    ("post", f"{DESK}/article/calendar/", only(*ANYBODY, status=NOT_SO)),
    *both(f"{DESK}/release/", only(*PUBLISHERS)),
    *both(f"{DESK}/release/add/", only(*PUBLISHERS)),
    *both(f"{ONE}/change/", only(*PUBLISHERS)),
    *both(f"{ONE}/delete/", only(*PUBLISHERS)),
    *both(f"{ONE}/history/", only(*PUBLISHERS)),
    *both(f"{ONE}/", only(*ANYBODY, status=ELSEWHERE)),
    *both(f"{ONE}/move/", only(*PUBLISHERS)),
    *both(f"{ONE}/add_pieces/", only(*PUBLISHERS)),
    ("get", AUTOCOMPLETE.format("release", "articles"), only(*STAFF)),
    *[
        cell
        for act in ("plan", "cancel", "take_out")
        for cell in (
            ("get", f"{ONE}/{act}/", only(*ANYBODY, status=NOT_SO)),
            ("post", f"{ONE}/{act}/", only(*PUBLISHERS, status=ELSEWHERE)),
        )
    ],
]
