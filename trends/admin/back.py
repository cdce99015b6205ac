"""The way back to the part of the calendar from where somebody came (?back=…)."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def calendar_back(request: HttpRequest) -> str:
    """Its address; "" where somebody came from elsewhere, or the address is none of ours."""
    back = request.GET.get("back", "")
    ours = back.startswith(reverse("admin:trends_article_calendar"))
    return back if ours and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""


def with_back(url: str, request: HttpRequest) -> str:
    """An address that keeps the way back."""
    back = calendar_back(request)
    return f"{url}?{urlencode({'back': back})}" if back else url
