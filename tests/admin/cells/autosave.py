"""What is typed and not saved. Without a ticket, which these requests lack, nobody keeps a text."""

from tests.admin.cells import ANYBODY, DESK, ELSEWHERE, NOT_SO, STAFF, Cell, only

PLACES = [f"{DESK}/article/{{own}}", f"{DESK}/article/{{other}}", f"{DESK}/article/add"]
THROW_AWAY = f"{DESK}/article/autosave/throw-away/"
CELLS: list[Cell] = [
    *[("get", f"{place}/autosave/", only(*ANYBODY, status=NOT_SO)) for place in PLACES],
    *[("post", f"{place}/autosave/", only()) for place in PLACES],
    ("get", THROW_AWAY, only(*STAFF, status=NOT_SO)),
    ("post", THROW_AWAY, only(*STAFF, status=ELSEWHERE)),
]
