"""Pictures."""

from tests.admin.cells import (
    ANYBODY,
    DESK,
    ELSEWHERE,
    NONE,
    NOT_SO,
    STAFF,
    STALE,
    UNCLEAR,
    Cell,
    both,
    only,
)

IMAGE = f"{DESK}/image/{{image}}"
CELLS: list[Cell] = [
    *both(f"{DESK}/image/", only(*STAFF)),
    *both(f"{DESK}/image/add/", only(*STAFF)),
    ("get", f"{DESK}/image/upload/", only(*STAFF, status=NOT_SO)),
    ("post", f"{DESK}/image/upload/", only(*STAFF, status=UNCLEAR)),
    ("get", f"{DESK}/image/choose/", only(*STAFF)),
    ("post", f"{DESK}/image/choose/", only(*ANYBODY, status=NOT_SO)),
    ("get", f"{IMAGE}/change/", only(*STAFF)),
    ("post", f"{IMAGE}/change/", only(*STAFF, status=STALE)),
    ("get", f"{IMAGE}/words/", only(*STAFF)),
    ("post", f"{IMAGE}/words/", only(*STAFF, status=STALE)),
    ("get", f"{IMAGE}/desk.jpg", only(*STAFF, status=NONE)),  # it has no file
    ("post", f"{IMAGE}/desk.jpg", only(*STAFF, status=NOT_SO)),
    *both(f"{IMAGE}/history/", only(*STAFF)),
    *both(f"{IMAGE}/delete/", only("pam", "root")),
    *both(f"{IMAGE}/", only(*ANYBODY, status=ELSEWHERE)),
]
