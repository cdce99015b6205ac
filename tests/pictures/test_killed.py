"""kill -9 at every stage of an upload: nothing is broken, and nothing stays."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from trends.models import Image

from .library import on_disk, upload

pytestmark = pytest.mark.django_db(transaction=True)

# Uploads a picture and stops for ever at the stage that is named.
UPLOADER = """
import sys, time
import django
django.setup()
from newsroom.storage import SafeFileStorage
from trends.models import image

stage, source = sys.argv[1], sys.argv[2]
count = 0
save_file, save_row, make = SafeFileStorage._save, image.Image.save, image.make

def stop():
    print("stopped", flush=True)
    time.sleep(600)

def store(self, name, content):
    global count
    count += 1
    if stage == f"file {count}":
        chunks = content.chunks
        def half():
            yield next(iter(chunks()))[:50]
            stop()
        content.chunks = half
    return save_file(self, name, content)

def write(self, *args, **kwargs):
    if stage == "row":
        stop()
    return save_row(self, *args, **kwargs)

def work(data, **options):
    if stage == "decoding":
        stop()
    return make(data, **options)

SafeFileStorage._save, image.Image.save, image.make = store, write, work
image.Image.objects.ingest(open(source, "rb").read(), name="photo.png", alt_text="A wall")
stop()
"""
STAGES = ["decoding", "file 1", "file 2", "file 5", "row"]


def database_url() -> str:
    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    return f"postgres://{config['USER']}:{config['PASSWORD']}@{config['HOST']}:{config['PORT']}/{config['NAME']}"


def kill_at(stage: str, folders: Path) -> None:
    photo = folders / "photo.png"
    photo.write_bytes(upload())
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DATABASE_URL": database_url(),
        "NEWSROOM_DATA_DIR": str(folders),
        "DJANGO_ALLOWED_HOSTS": "localhost",
    }
    command = [sys.executable, "-c", UPLOADER, stage, str(photo)]
    with subprocess.Popen(
        command, env=env, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "stopped\n"
        process.send_signal(signal.SIGKILL)


def check(**options: Any) -> str:
    out = StringIO()
    call_command("check_media", stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("stage", STAGES)
def test_before_the_row_there_is_no_picture_and_soon_no_file(stage: str, folders: Path) -> None:
    kill_at(stage, folders)
    assert Image.objects.count() == 0
    assert bool(on_disk()) == (stage != "decoding")
    assert "The library is in order." in check()
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1), tick=False):
        assert "The library is in order." in check(repair=True)
    assert on_disk() == set()
    assert list(folders.rglob("*.part")) == []


def test_after_the_row_the_picture_is_whole(folders: Path) -> None:
    kill_at("the end", folders)
    assert set(Image.objects.get().places) == on_disk()
    assert "The library is in order." in check(repair=True)
    Image.objects.all().delete()
    assert on_disk() == set()
