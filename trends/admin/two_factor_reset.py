"""Two-factor login of colleagues: who has it, and a new start for who lost the phone."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from ..models import Access, two_factor
from ..models.names import name_of
from .login import address_of


class ResetTwoFactor(UserAdmin):
    """For StaffAdmin."""

    def get_queryset(self, request: HttpRequest) -> Any:
        users = super().get_queryset(request)
        return two_factor.marked(users) if two_factor.is_on() else users

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = list(super().get_list_display(request))
        return [*columns, "asks_code"] if two_factor.is_on() else columns

    @admin.display(description="two-factor", boolean=True, ordering="has_two_factor")
    def asks_code(self, user: Any) -> bool:
        return bool(user.has_two_factor)

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Django offers an action to those who have its `permissions`."""
        return two_factor.is_on() and self.has_change_permission(request)

    @admin.action(description="Reset two-factor login (lost phone)", permissions=["reset"])
    def reset_two_factor(self, request: HttpRequest, queryset: Any) -> None:
        for user in queryset:
            if user == request.user:  # it takes the password there
                messages.warning(request, "Your own is changed under “Two-factor” in the header.")
            elif user.has_two_factor:
                self._reset(request, user)
            else:
                messages.warning(request, f"The account {user} has no two-factor login.")

    def _reset(self, request: HttpRequest, user: Any) -> None:
        with transaction.atomic():
            two_factor.reset(user)
            Access.objects.note(
                Access.Kind.TWO_FACTOR, now=timezone.now(), user=request.user,
                name=user.get_username().casefold(), address=address_of(request), detail="reset",
            )  # fmt: skip
            self.log_change(request, user, "Two-factor login reset.")
        messages.success(
            request,
            f"{name_of(user)} is logged out everywhere, and gets in with the password alone until "
            "a new phone is set up. Make sure that it was really your colleague who asked.",
        )
