"""The settings of the site, with what tests need instead: folders that vanish, a database of
their own, quick passwords."""

import atexit
from pathlib import Path
from tempfile import TemporaryDirectory

from newsroom.settings import *

_folder = TemporaryDirectory(prefix="newsroom-tests-", ignore_cleanup_errors=True)
atexit.register(_folder.cleanup)
DATA_DIR = Path(_folder.name)
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()

# A file, since threads and the browser's server must see the same database.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# Connections that wait in a pool would keep the test database from being removed.
DATABASES["default"]["OPTIONS"].pop("pool", None)

# Files as they are, without the manifest that collectstatic writes.
STORAGES = STORAGES | {
    "originals": STORAGES["originals"] | {"OPTIONS": {"location": DATA_DIR / "originals"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
