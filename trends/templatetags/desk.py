"""What the frame of every page of the desk says."""

from typing import Any

from django import template

from ..models import Notice

register = template.Library()
COUNTED = 99


@register.simple_tag
def unread_notices(user: Any) -> str:
    """How many, "99+" for more; "" for none. One query, which ends there."""
    rows = Notice.objects.of(user).unread().order_by().values("pk")
    count = rows[: COUNTED + 1].count()
    return f"{COUNTED}+" if count > COUNTED else str(count or "")


@register.filter
def grouped(number: int) -> str:
    """1204 as 1,204."""
    return f"{number:,}"
