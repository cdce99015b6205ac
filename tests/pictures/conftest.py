"""A library of its own for every test: empty folders, which go again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages


@pytest.fixture
def folders(tmp_path: Path, settings: Any) -> Path:
    """Both storages in folders of this test."""
    backend = "newsroom.storage.SafeFileStorage"
    places = {"default": tmp_path / "media", "originals": tmp_path / "originals"}
    options = {a: {"BACKEND": backend, "OPTIONS": {"location": p}} for a, p in places.items()}
    settings.STORAGES = settings.STORAGES | options
    assert storages["default"].path("") == str(places["default"])
    return tmp_path
