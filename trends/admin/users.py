"""Accounts of the staff: invited by mail, so that nobody but their owner knows a password."""

import re
from itertools import count
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from ..jobs.account_mail import LINK
from ..models import Access, Job
from ..models.names import name_of
from .login import LoginForm, address_of
from .two_factor_reset import ResetTwoFactor

admin.site.login_form = LoginForm


class InviteForm(forms.Form):
    name = forms.CharField(max_length=100, help_text="First name and surname.")
    email = forms.EmailField(
        label="Mail address", max_length=254, widget=forms.EmailInput({"class": "vTextField"})
    )
    role = forms.ModelChoiceField(Group.objects.order_by("name"), empty_label="Select a role")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(
                "There is an account with this address. Find it in the list of users: the link "
                "can be sent again from there."
            )
        return email

    def make(self) -> User:
        """Of a valid form: an account that nobody can enter until its owner sets a password."""
        given = self.cleaned_data
        first, _, last = given["name"].strip().partition(" ")
        with transaction.atomic():
            user = User(
                username=free_username(first, given["email"]), first_name=first,
                last_name=last.strip(), email=given["email"], is_staff=True,
            )  # fmt: skip
            user.set_unusable_password()
            user.save()
            user.groups.add(given["role"])
        return user


def free_username(first: str, email: str) -> str:
    """The first name, else what stands before the @, with a number where that is taken."""
    stem = slugify(first) or re.sub(r"[^\w.-]", "", email.partition("@")[0]) or "account"
    names = (stem if n == 1 else f"{stem}{n}" for n in count(1))
    return next(n for n in names if not User.objects.filter(username__iexact=n).exists())


admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(ResetTwoFactor, UserAdmin):
    list_display = ["username", "full_name", "email", "roles", "state", "last_login"]
    list_filter = ["is_active", "groups"]
    change_list_template = "admin/accounts/change_list.html"
    actions = ["send_link", "reset_two_factor"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Users", **(extra_context or {})})

    @admin.display(description="name", ordering="last_name")
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        names = [group.name for group in user.groups.all()]
        return ", ".join(names + ["Superuser"] * user.is_superuser)

    @admin.display(description="state")
    def state(self, user: User) -> str:
        if not user.is_active:
            return "disabled"
        return "active" if user.has_usable_password() else "invited"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.invite_view)
        return [path("invite/", view, name="auth_user_invite"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def invite_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = InviteForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            user = form.make()
            self.log_addition(request, user, f"Invited as {form.cleaned_data['role']}.")
            self._mail(request, user, Access.Kind.INVITED)
            return HttpResponseRedirect(reverse("admin:auth_user_changelist"))
        context = self.admin_site.each_context(request) | {
            "title": "Invite a colleague", "form": form, "opts": self.opts,
        }  # fmt: skip
        return TemplateResponse(request, "admin/accounts/invite.html", context)

    @admin.action(description="Send a link to set the password", permissions=["change"])
    def send_link(self, request: HttpRequest, queryset: Any) -> None:
        """Once more for those who were invited; for others a new password."""
        for user in queryset:
            if user.is_active and user.email:
                self._mail(request, user, Access.Kind.LINK)
            else:
                why = "has no mail address" if user.is_active else "is disabled"
                messages.warning(request, f"Nothing sent: the account {user} {why}.")

    def _mail(self, request: HttpRequest, user: User, kind: str) -> None:
        now, name, address = timezone.now(), user.get_username().casefold(), address_of(request)
        roles = ", ".join(group.name for group in user.groups.all())
        if not settings.SENDS_MAIL:
            messages.error(
                request,
                f"The account {user} is there, but this site sends no mail. Set EMAIL_URL, then "
                "send the link from the list.",
            )
            return
        with transaction.atomic():
            Job.objects.add(LINK, str(user.pk), run_at=now)
            Access.objects.note(
                kind, now=now, user=request.user, name=name, address=address, detail=roles
            )
        messages.success(request, f"{name_of(user)} gets a mail at {user.email} with a link.")
