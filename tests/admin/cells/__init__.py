"""The table of permissions: who gets which answer at which address of the desk.

One module an area, each with CELLS: (method, address, {who: status}). tests/admin/
test_permissions.py walks them all, and fails for an address of the URLconf without a row.
"""

YES, NO, LOGIN, NONE, STALE = 200, 403, 302, 404, 409
NOT_SO, UNCLEAR = 405, 422
ELSEWHERE = 302
STAFF = ("wes", "ada", "pam", "root")
EDITORS = ("ada", "pam", "root")
ANYBODY = ("otto", "tess", *STAFF)
DESK = "/admin/trends"
Cell = tuple[str, str, dict[str, int]]


def only(*names: str, status: int = YES) -> dict[str, int]:
    """Those get the page, others are refused, and who is not logged in is asked to."""
    everybody = ("anonymous", "otto", "tess", *STAFF)
    return {name: status if name in names else NO for name in everybody} | {"anonymous": LOGIN}


def both(address: str, expected: dict[str, int]) -> list[Cell]:
    """The same answer for GET and POST."""
    return [("get", address, expected), ("post", address, expected)]
