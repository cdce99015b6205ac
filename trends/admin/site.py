"""The desk as a site of Django's admin: its name, My desk as its first page, what it leaves out."""

from typing import Any

from django.conf import settings
from django.db.models.base import ModelBase
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from .my_desk import my_desk
from .two_factor import TwoFactor


class Desk(TwoFactor):
    site_header = settings.NEWSROOM_NAME
    site_title = f"{settings.NEWSROOM_NAME} desk"
    index_title = "My desk"
    index_template = "admin/desk/home.html"
    # The sections of a piece need the width; templates/admin/base_site.html has the links.
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """What one has to do stands above Django's list of models."""
        mine = my_desk(request.user, timezone.now())
        return super().index(request, mine | (extra_context or {}))

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        """Nobody looks at the secrets of others: allauth's tables have no pages."""
        is_one = isinstance(model_or_iterable, ModelBase)
        models = [model_or_iterable] if is_one else model_or_iterable
        ours = [m for m in models if m._meta.app_label not in ("account", "mfa")]
        super().register(ours, *args, **options)

    def get_urls(self) -> list[Any]:
        """Without the one way from the number of any row to its address: it asks for no
        permission, and tells the slug of a piece that nobody reads yet. Forms link to the public
        page themselves, where there is one (view_on_site)."""
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", "") != "view_on_site"]
