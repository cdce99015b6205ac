"""Wiring: the desk under /admin/, readers everywhere else."""

from django.contrib import admin
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from trends.admin import rescue
from trends.public import errors

urlpatterns = [
    path("admin/", include("trends.admin.password_pages")),
    path("admin/", admin.site.urls),
    path("", include("trends.public.urls")),
]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for the form of a piece that is larger than what the settings allow."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    if too_much and rescue.is_form(request):
        return rescue.too_long(request)
    return errors.bad_request(request, exception)


handler400 = bad_request
handler404 = "trends.public.errors.not_found"
handler500 = "trends.public.errors.server_error"
