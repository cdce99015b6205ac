"""Filters of the list of pieces."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from ..models import Author, Status
from ..snapshot import CAN_BE_PENDING, LABELS

Choices = list[tuple[str, str]]
NOBODY = "nobody"


class StatusFilter(admin.SimpleListFilter):
    title = "public status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(status.value, status.label.capitalize()) for status in Status]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in Status.values:
            return queryset
        return queryset.in_status(self.value(), timezone.now())


class AuthorFilter(admin.SimpleListFilter):
    """People with a byline, and first of all nobody."""

    title = "author"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        people = Author.objects.credited()
        names = people.values_list("pk", "name")
        return [(NOBODY, "Nobody assigned"), *((str(pk), name) for pk, name in names)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if value == NOBODY:
            return queryset.nobody_assigned()
        if value and value.isdecimal() and len(value) < 19:
            return queryset.filter(bylines__author=int(value))
        return queryset


class PendingFilter(admin.SimpleListFilter):
    title = "pending section"
    parameter_name = "pending"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(name, LABELS[name]) for name in CAN_BE_PENDING]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.pending(self.value()) if self.value() in CAN_BE_PENDING else queryset


class BinFilter(admin.SimpleListFilter):
    """Discarded pieces are not on the desk unless somebody asks for them."""

    title = "place"
    parameter_name = "bin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", "In the bin")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            if choice["display"] != "In the bin":
                choice["display"] = "On the desk"
            yield choice

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_bin() if self.value() == "yes" else queryset.on_desk()
