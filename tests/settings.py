"""The settings of the site, with what tests need instead: folders that vanish, a database of
their own, quick passwords."""

import atexit
from pathlib import Path
from tempfile import TemporaryDirectory

from newsroom.settings import *
from newsroom.two_factor import APPS

_folder = TemporaryDirectory(prefix="newsroom-tests-", ignore_cleanup_errors=True)
atexit.register(_folder.cleanup)
DATA_DIR = Path(_folder.name)
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()

_options = DATABASES["default"]["OPTIONS"]
# A file, since threads and the browser's server must see the same database.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    # What is removed anyhow need not reach the disk.
    _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")
else:
    # The same: a commit waits 12 ms for the disk, else 0.3.
    _options["options"] = f"{_options.get('options', '')} -c synchronous_commit=off".strip()
# Connections that wait in a pool would keep the test database from being removed.
_options.pop("pool", None)

# Files as they are, without the manifest that collectstatic writes.
STORAGES = STORAGES | {
    "originals": STORAGES["originals"] | {"OPTIONS": {"location": DATA_DIR / "originals"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# Looked up when asked for: each test client would read the list of all of them first.
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Off, as it comes; tests that switch it on find its tables.
if NEWSROOM_TWO_FACTOR == "off":
    INSTALLED_APPS += APPS
    MIDDLEWARE += TWO_FACTOR_MIDDLEWARE
NEWSROOM_TWO_FACTOR = "off"
# What a test publishes is public at once; tests of the grace set it.
NEWSROOM_PUBLISH_GRACE = 0
