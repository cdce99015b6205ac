"""Real inputs that lie beside the project and are never copied into it."""

import os
from pathlib import Path

import pytest

CORPUS = Path(
    os.environ.get("NEWSROOM_CORPUS") or Path(__file__).resolve().parents[2] / "shared/data"
)
needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the real pages are not here: set NEWSROOM_CORPUS to their folder"
)
