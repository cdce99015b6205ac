"""Users and groups: the business of Administrators."""

from tests.admin.cells import ANYBODY, ELSEWHERE, Cell, both, only

CELLS: list[Cell] = both("/admin/auth/user/{user}/password/", only("tess", "root"))
for name in ("user", "group"):
    one = f"/admin/auth/{name}/{{{name}}}"
    for page in ("change", "history", "delete"):
        CELLS += both(f"{one}/{page}/", only("tess", "root"))
    CELLS += [
        *both(f"/admin/auth/{name}/", only("tess", "root")),
        *both(f"/admin/auth/{name}/add/", only("tess", "root")),
        *both(f"{one}/", only(*ANYBODY, status=ELSEWHERE)),
    ]
