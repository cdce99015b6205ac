"""What two-factor login asks for: a code, the password, or both."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ..models import Access, two_factor
from .login import begin_try

WRONG_PASSWORD = "This is not the password of your account."
CODE = {
    "autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false",
    "class": "vTextField",
}  # fmt: skip
PASSWORD = {"autocomplete": "current-password", "class": "vTextField"}


class OwnForm(forms.Form):
    """Of the user who sends the request. Every try is written down and counted."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, request.user

    def begin(self, kind: str = "") -> Access:
        return begin_try(self.request, self.user.get_username(), kind)

    def check_password(self, done: str) -> None:
        """`done` is what the log says of it. Raises ValidationError."""
        row = self.begin()
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError({"password": WRONG_PASSWORD})
        row.become(Access.Kind.TWO_FACTOR, self.user, done)


class CodeForm(OwnForm):
    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(CODE | {"autofocus": True}),
        help_text="The six digits that the app on your phone shows now, or a recovery code.",
    )

    def clean(self) -> None:
        if "code" not in self.cleaned_data:
            return
        row = self.begin(Access.Kind.CODE)
        if not two_factor.accepts(self.user, self.cleaned_data["code"]):
            raise ValidationError({"code": (
                "This code is wrong, too old, or was used already. Wait for the next one of your "
                "app and enter that."
            )})  # fmt: skip
        row.become(Access.Kind.LOGIN, self.user, "with a code")


class PasswordForm(OwnForm):
    password = forms.CharField(label="Your password", widget=forms.PasswordInput(PASSWORD))

    @property
    def turns_off(self) -> bool:
        """By which button it was sent."""
        return "off" in self.data

    def clean(self) -> None:
        if "password" in self.cleaned_data:
            self.check_password("turned off" if self.turns_off else "new recovery codes")


class SetUpForm(OwnForm):
    code = forms.CharField(
        max_length=40,
        widget=forms.TextInput(CODE),
        help_text="The six digits that the app shows for this account now.",
    )
    password = forms.CharField(label="Your password", widget=forms.PasswordInput(PASSWORD))

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> int:
        """The number of its half minute. Whoever sees the page knows the secret: no try counts."""
        last = two_factor.half_minute_of(self.secret, self.cleaned_data["code"])
        if last is None:
            raise ValidationError(
                "This code does not fit. Is the clock of your phone right? Wait for the next code "
                "and enter that."
            )
        return last

    def clean(self) -> None:
        if {"code", "password"} <= self.cleaned_data.keys():
            self.check_password("turned on")
