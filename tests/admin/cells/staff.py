"""Invitations, new passwords by mail, the log of logins."""

from tests.admin.cells import (
    ANYBODY,
    DESK,
    ELSEWHERE,
    NOT_SO,
    YES,
    Cell,
    both,
    only,
)

EVERYBODY = {"anonymous": YES} | dict.fromkeys(ANYBODY, YES)
NOBODY_POSTS = dict.fromkeys(EVERYBODY, NOT_SO)
LOG = f"{DESK}/access"
CELLS: list[Cell] = [
    *both("/admin/auth/user/invite/", only("tess", "root")),
    *both("/admin/password_reset/", EVERYBODY),
    ("get", "/admin/password_reset/done/", EVERYBODY),
    ("post", "/admin/password_reset/done/", NOBODY_POSTS),
    *both("/admin/reset/x/y/", EVERYBODY),
    ("get", "/admin/reset/done/", EVERYBODY),
    ("post", "/admin/reset/done/", NOBODY_POSTS),
    *both(f"{LOG}/", only("tess", "root")),
    *both(f"{LOG}/add/", only()),
    ("get", f"{LOG}/{{access}}/change/", only("tess", "root")),
    ("post", f"{LOG}/{{access}}/change/", only()),
    *both(f"{LOG}/{{access}}/history/", only("tess", "root")),
    *both(f"{LOG}/{{access}}/delete/", only()),
    *both(f"{LOG}/{{access}}/", only(*ANYBODY, status=ELSEWHERE)),
]
