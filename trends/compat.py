"""The only place that asks which Django it is: 5.2 LTS or 6.1."""

from collections.abc import Mapping
from typing import Any

import django

DJANGO_6 = django.VERSION >= (6, 0)

# Options of a mailer → the settings of Django 5.2.
_EMAIL = {
    "host": "EMAIL_HOST",
    "port": "EMAIL_PORT",
    "username": "EMAIL_HOST_USER",
    "password": "EMAIL_HOST_PASSWORD",
    "use_tls": "EMAIL_USE_TLS",
    "use_ssl": "EMAIL_USE_SSL",
    "timeout": "EMAIL_TIMEOUT",
    "file_path": "EMAIL_FILE_PATH",
}


def mail_settings(mailer: Mapping[str, Any]) -> dict[str, Any]:
    """The settings for mail, from an entry of MAILERS, which Django 6.1 asks for."""
    if DJANGO_6:
        return {"MAILERS": {"default": dict(mailer)}}
    options = {_EMAIL[name]: value for name, value in mailer["OPTIONS"].items()}
    return {"EMAIL_BACKEND": mailer["BACKEND"], **options}
