"""What a request asks for. Whatever is not understood is refused, with what would be: a program
that is answered something else than it asked for does not notice."""

from collections.abc import Collection, Iterable
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.http import HttpRequest, HttpResponse
from django_filters import FilterSet

from .. import paging
from ..problems import problem

Fault = dict[str, Any]
AFTER = "after"
MOST_ALLOWED = 100  # values that an answer names
LONGEST = 300  # characters of a message, which may repeat what was asked


def refused(faults: Collection[Fault]) -> HttpResponse:
    names = ", ".join(dict.fromkeys(fault["parameter"][:60] for fault in faults))
    return problem(HTTPStatus.BAD_REQUEST, f"Not understood: {names}.", errors=list(faults))


def faults_of(request: HttpRequest, known: Iterable[str]) -> list[Fault]:
    """Parameters that there are not, or that are there twice, and broken cursors."""
    known, found = list(known), []
    for name, values in request.GET.lists():
        if name not in known:
            message = "There is no such parameter." if known else "There are no parameters."
            found.append(fault(name, message, known))
        elif len(values) > 1:
            found.append(fault(name, "It may be given once."))
        elif values[0] and not is_cursor(name, values[0]):
            found.append(fault(name, "Take it from the address in “next”."))
    return found


def faults_in(chosen: FilterSet) -> list[Fault]:
    """Values that the filters refuse, with those that they take."""
    return [
        fault(name, " ".join(map(str, messages)), choices_of(chosen.form.fields[name]))
        for name, messages in chosen.form.errors.items()
    ]


def choices_of(field: forms.Field) -> list[str]:
    """Values that a field takes, as far as they can be listed."""
    choices = list(getattr(field, "choices", ()))
    values = [str(value) for value, _ in choices if value]
    return values if len(values) <= MOST_ALLOWED else []


def fault(name: str, message: str, allowed: Collection[str] = ()) -> Fault:
    found: Fault = {"parameter": name[:LONGEST], "message": message[:LONGEST]}
    return found | ({"allowed": list(allowed)} if allowed else {})


def is_cursor(name: str, value: str) -> bool:
    """True too for what is no cursor's parameter."""
    if name == paging.PARAMETER:
        return paging.read(value) is not None
    if name == AFTER:
        try:
            validate_slug(value)
        except forms.ValidationError:
            return False
    return True
