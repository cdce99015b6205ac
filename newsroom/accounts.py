"""Who staff are, as Django asks: its own answer, with one query fewer."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission


class StaffBackend(ModelBackend):
    """What somebody may do is asked in every request to the desk: own permissions and those of
    the groups in one query, where Django asks for each."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser or hasattr(user_obj, "_perm_cache"):
            return super().get_all_permissions(user_obj, obj)
        names = ("content_type__app_label", "codename")
        rows = Permission.objects.order_by().values_list(*names)
        both = rows.filter(user=user_obj).union(rows.filter(group__user=user_obj)).order_by()
        user_obj._perm_cache = {f"{app}.{codename}" for app, codename in both}
        found: set[str] = user_obj._perm_cache
        return found
