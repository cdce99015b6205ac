"""A new password by mail: Django's own pages in the look of the desk. What they answer is the
same whether there is such an account or not."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from ..jobs.account_mail import LINK
from ..models import Access, Job
from .login import address_of

APART = timedelta(minutes=5)  # of one account's mails: nobody floods a colleague


def widen(form: Any) -> None:
    """Fields as wide as the desk's others."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "vTextField"


class ForgottenForm(PasswordResetForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Mail address"
        widen(self)

    def get_users(self, email: str) -> Any:
        """Active staff, also those who were invited and have set no password yet."""
        return User.objects.filter(email__iexact=email, is_active=True, is_staff=True)


class DeskPage:
    """A view that anybody may open, with what the templates of the desk expect."""

    request: Any
    title: str

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return admin.site.each_context(self.request) | context


class Forgotten(DeskPage, views.PasswordResetView):
    title = "Set a new password"
    template_name = "admin/accounts/forgotten.html"
    form_class = ForgottenForm

    def form_valid(self, form: Any) -> HttpResponse:
        for user in form.get_users(form.cleaned_data["email"]):
            self._send(user)
        return super(views.PasswordResetView, self).form_valid(form)

    def _send(self, user: User) -> None:
        now, name = timezone.now(), user.get_username().casefold()
        sent = Access.objects.filter(kind=Access.Kind.LINK, name=name, at__gt=now - APART)
        if sent.exists():
            return
        address = address_of(self.request)
        with transaction.atomic():
            Access.objects.note(Access.Kind.LINK, now=now, user=user, name=name, address=address)
            Job.objects.add(LINK, str(user.pk), run_at=now)


class Sent(DeskPage, views.PasswordResetDoneView):
    title = "Look into your mail"
    template_name = "admin/accounts/sent.html"


class SetPassword(DeskPage, views.PasswordResetConfirmView):
    title = "Choose your password"
    template_name = "admin/accounts/set_password.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return (
            context if self.validlink else context | {"title": "This link does not work any more"}
        )

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        widen(form)
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        name, address = form.user.get_username().casefold(), address_of(self.request)
        Access.objects.note(
            Access.Kind.PASSWORD, now=timezone.now(), user=form.user, name=name, address=address
        )
        return response


class Done(DeskPage, views.PasswordResetCompleteView):
    title = "Your password is set"
    template_name = "admin/accounts/done.html"


# Under the door of the desk, and open to everybody.
urlpatterns = [
    path("password_reset/", Forgotten.as_view(), name="admin_password_reset"),
    path("password_reset/done/", Sent.as_view(), name="password_reset_done"),
    path("reset/<uidb64>/<token>/", SetPassword.as_view(), name="password_reset_confirm"),
    path("reset/done/", Done.as_view(), name="password_reset_complete"),
]
