"""What collectstatic leaves for the server of static files."""

import json
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings


def test_files_lie_there_once_under_the_name_that_pages_use(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    backend = {"BACKEND": "newsroom.storage.StaticStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    for _ in range(2):  # again, as after an update
        call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    lying = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    sheets = {name for name in names.values() if name.endswith(".css")}
    assert sheets
    assert set(names.values()) | {f"{name}.gz" for name in sheets} <= lying
    assert not set(names) & lying
