"""Jobs are the business of Administrators; notices everybody's own."""

from tests.admin.cells import ANYBODY, DESK, NONE, NOT_SO, UNCLEAR, Cell, only

NOTICES, JOBS = f"{DESK}/notice/", f"{DESK}/job/"
ONE = f"{JOBS}987654"  # no job has it
CARETAKERS = ("tess", "root")
CELLS: list[Cell] = [
    ("get", NOTICES, only(*ANYBODY)),
    ("post", NOTICES, only(*ANYBODY, status=NONE)),  # which one?
    ("get", f"{NOTICES}mail/", only(*ANYBODY, status=NOT_SO)),
    ("post", f"{NOTICES}mail/", only(*ANYBODY, status=UNCLEAR)),
    ("get", JOBS, only(*CARETAKERS)),
    ("post", JOBS, only(*CARETAKERS, status=NOT_SO)),
]
for act in ("again", "remove"):
    CELLS += [
        ("get", f"{ONE}/{act}/", only(*CARETAKERS, status=NOT_SO)),
        ("post", f"{ONE}/{act}/", only(*CARETAKERS, status=NONE)),
    ]
