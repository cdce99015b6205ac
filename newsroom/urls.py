"""Wiring: the desk under /admin/, readers everywhere else."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("trends.public.urls")),
]
handler400 = "trends.public.errors.bad_request"
handler404 = "trends.public.errors.not_found"
handler500 = "trends.public.errors.server_error"
