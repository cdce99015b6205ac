"""`manage.py bench pictures`: it runs and prints its table. How fast it is, is asserted nowhere."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trends.management.benchmarks.pictures import invented

from .drawing import decoded


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.jpg"
    path.write_bytes(invented((700, 500)))
    return path


def test_it_prints_both_sides(photo: Path) -> None:
    out = io.StringIO()
    call_command("bench", "pictures", photo, "--rounds", "1", stdout=out)
    said = out.getvalue()
    assert "harbour.jpg: 700 × 500 as master" in said
    assert "11 renditions: CPU in ms, best of 1" in said
    for title in ("decode and scale", "decode, scale and encode", "… one by one with Pillow's"):
        assert re.search(rf"^{title}.*( +\d+){{4}} +\d+\.\d ×$", said, re.MULTILINE), title
    assert re.search(r"One upload as a whole.* \d+ MB at the peak", said)
    assert re.search(r"at each width: 640: \d+, 320: \d+", said)


def test_it_invents_a_photo() -> None:
    assert decoded(invented((400, 300))).size == (400, 300)


def test_what_is_no_picture_is_told(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("just a note")
    with pytest.raises(CommandError, match=r"note.txt: This file is no JPEG"):
        call_command("bench", "pictures", path)
