"""The people of the desk, as forms offer them."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import Article, Assignment
from ..models.names import name_of


def colleagues() -> QuerySet[User]:
    """Who can be given work."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("username")


def busy() -> QuerySet[User]:
    """Colleagues, and who has left with work still open or pieces to look after."""
    owes = Assignment.objects.open().filter(owner=OuterRef("pk"))
    has = Article.objects.filter(owner=OuterRef("pk"))
    here = Q(is_active=True, is_staff=True)
    return User.objects.filter(here | Exists(owes) | Exists(has)).order_by("username")


def label_of_person(user: Any) -> str:
    return name_of(user) if user.is_active else f"{name_of(user)} (no longer active)"


class PersonField(forms.ModelChoiceField):
    """A member of the desk by name."""

    default_error_messages = {"invalid_choice": "There is no such colleague. Select one here."}

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        super().__init__(colleagues() if queryset is None else queryset, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return label_of_person(obj)
