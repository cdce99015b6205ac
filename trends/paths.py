"""Addresses of the site's pages, by the names in urls.py, and of its pictures; each is reckoned
once, since a page holds dozens."""

from functools import lru_cache

from django.core.files.storage import Storage, storages
from django.urls import get_script_prefix, reverse

MANY = 4_000


def path_to(name: str, *args: str) -> str:
    """What reverse() gives."""
    return _reversed(get_script_prefix(), name, args)


def url_of(file: str) -> str:
    """Where readers get a public file of a picture."""
    return _stored(storages["default"], file)


@lru_cache(maxsize=MANY)
def _reversed(prefix: str, name: str, args: tuple[str, ...]) -> str:
    return reverse(name, args=args)


@lru_cache(maxsize=MANY)
def _stored(storage: Storage, file: str) -> str:
    return storage.url(file)
