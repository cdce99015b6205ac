"""Who is told of what concerns the whole desk."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db.models import QuerySet

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def editors() -> QuerySet[User]:
    """Active staff who may change every piece."""
    rows = User.objects.with_perm("trends.change_all_articles", backend=_BACKEND)
    return rows.filter(is_staff=True)


def owner_or_editors(owner: User | None) -> Collection[User]:
    """Whoever looks after a piece; all editors where nobody does (any more)."""
    return [owner] if owner and owner.is_active else list(editors())
