"""What Django's admin brings itself: the way in and out, and what widgets ask for."""

from tests.admin.cells import ANYBODY, ELSEWHERE, NONE, NOT_SO, STAFF, YES, Cell, both, only

AUTOCOMPLETE = "/admin/autocomplete/?app_label=trends&model_name={0}&field_name={1}"
CELLS: list[Cell] = [
    *both("/admin/", only(*ANYBODY)),
    ("get", "/admin/login/", only(*ANYBODY, status=ELSEWHERE) | {"anonymous": YES}),
    ("post", "/admin/login/", only(*ANYBODY) | {"anonymous": YES}),
    ("get", "/admin/logout/", only(*ANYBODY, status=NOT_SO)),
    ("post", "/admin/logout/", only(*ANYBODY)),
    *both("/admin/password_change/", only(*ANYBODY)),
    ("get", "/admin/password_change/done/", only(*ANYBODY)),
    ("post", "/admin/password_change/done/", only(*ANYBODY, status=NOT_SO)),
    ("get", "/admin/jsi18n/", only(*ANYBODY)),
    ("post", "/admin/jsi18n/", only(*ANYBODY, status=NOT_SO)),
    ("get", AUTOCOMPLETE.format("article", "topic"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("article", "hero"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("byline", "author"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("relatedlink", "target"), only(*STAFF)),
    ("get", AUTOCOMPLETE.format("assignment", "owner"), only("tess", "root")),
    ("post", AUTOCOMPLETE.format("article", "topic"), only(*ANYBODY, status=NOT_SO)),
    # Django's way from any row to its address is not there.
    *both("/admin/r/{type}/{edition}/", only(*ANYBODY, status=NONE)),
    *both("/admin/trends/", only("tess", *STAFF) | {"otto": NONE}),
    *both("/admin/nowhere/", only(*ANYBODY, status=NONE)),
]
