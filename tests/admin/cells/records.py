"""What nobody changes: editions, corrections, addresses, imports."""

from tests.admin.cells import ANYBODY, DESK, EDITORS, ELSEWHERE, STAFF, Cell, both, only

# Django's history looks for the record first: one that a user does not see "doesn't exist", and
# leads back to the start.
UNSEEN = dict.fromkeys(("otto", "tess", "wes"), ELSEWHERE)
CELLS: list[Cell] = [
    *both(f"{DESK}/edition/", only(*STAFF)),
    ("get", f"{DESK}/edition/{{edition}}/change/", only(*EDITORS) | {"wes": ELSEWHERE}),
    *both(f"{DESK}/edition/{{edition}}/history/", only(*EDITORS) | UNSEEN),
]
for name, key in (
    ("correction", "correction"), ("address", "address"), ("legacydocument", "document"),
):  # fmt: skip
    one = f"{DESK}/{name}/{{{key}}}"
    CELLS += [
        *both(f"{DESK}/{name}/", only("root")),
        ("get", f"{one}/change/", only("root")),
        *both(f"{one}/history/", only("root") | UNSEEN),
    ]
for name, key in (
    ("edition", "edition"), ("correction", "correction"), ("address", "address"),
    ("legacydocument", "document"),
):  # fmt: skip
    one = f"{DESK}/{name}/{{{key}}}"
    CELLS += [
        *both(f"{DESK}/{name}/add/", only()),
        ("post", f"{one}/change/", only()),
        *both(f"{one}/delete/", only()),
        *both(f"{one}/", only(*ANYBODY, status=ELSEWHERE)),
    ]
