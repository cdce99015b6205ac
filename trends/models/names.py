"""What the desk calls a person with an account."""

from typing import Any


def name_of(user: Any) -> str:
    """The full name, or the name of the account where there is none."""
    return str(user.get_full_name() or user.get_username())
