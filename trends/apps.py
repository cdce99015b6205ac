from django.apps import AppConfig


class TrendsConfig(AppConfig):
    name = "trends"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        # Models must be there before these can be imported.
        from . import checks, receivers  # noqa: F401, PLC0415
        from .admin import preview  # noqa: PLC0415
        from .public.preview import render_preview  # noqa: PLC0415

        preview.draw = render_preview
