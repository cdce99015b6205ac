"""The form where no script runs: blank rows to fill in, and plain lists in place of searches."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest

BLANK = "blank"  # ?blank=2


def blank_rows(request: HttpRequest) -> int:
    """How many blank rows the address asks for, nine at most."""
    asked = request.GET.get(BLANK, "")
    return int(asked) if asked.isdecimal() and len(asked) == 1 else 0


class WithoutScript(BaseModelAdmin):
    """For ArticleAdmin and its inlines."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return blank_rows(request)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        return () if blank_rows(request) else super().get_autocomplete_fields(request)
