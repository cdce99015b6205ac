"""`EMAIL_URL`: how mail leaves the site, and what is refused."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.mail import FILES, NO_MAIL, SMTP, mailer, sender
from trends.compat import DJANGO_6, mail_settings


def test_a_server_with_starttls() -> None:
    found = mailer("smtp://desk:ti%40de@mail.example.org:587?tls=1")
    assert found["BACKEND"] == SMTP
    assert found["OPTIONS"] == {
        "host": "mail.example.org", "port": 587, "username": "desk", "password": "ti@de",
        "use_tls": True, "use_ssl": False, "timeout": 10,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "port", "ssl"),
    [("smtp://mail.example.org", 25, False), ("smtps://mail.example.org", 465, True)],
)
def test_the_usual_ports(url: str, port: int, ssl: bool) -> None:
    options = mailer(url)["OPTIONS"]
    assert (options["port"], options["use_ssl"], options["use_tls"]) == (port, ssl, False)


def test_a_folder_and_nothing() -> None:
    folder = {"file_path": "/srv/my mail"}
    assert mailer("file:///srv/my%20mail") == {"BACKEND": FILES, "OPTIONS": folder}
    assert mailer("off") == {"BACKEND": NO_MAIL, "OPTIONS": {}}


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "smtp://",
        "smtp://hush@",
        "smtp://desk:hush@mail.example.org:port",
        "smtp://desk:hush@[mail",
        "smtp://desk:hush@mail.example.org/inbox",
        "smtp://desk:hush@mail.example.org?tsl=1",
        "smtp://desk:hush@mail.example.org?tls=yes please",
        "smtps://desk:hush@mail.example.org?tls=1",
        "file://srv/mail",
        "file:///",
        "imap://desk:hush@mail.example.org",
    ],
)
def test_what_is_malformed_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as refusal:
        mailer(url)
    assert "hush" not in str(refusal.value)
    assert "write smtp://" in str(refusal.value)


def test_who_mails_are_from() -> None:
    named: dict[str, Any] = {"name": "The Tide", "base_url": "https://news.example.org"}
    assert sender("desk@example.org", **named) == "The Tide <desk@example.org>"
    assert sender("", **named) == "The Tide <no-reply@news.example.org>"


def test_each_django_gets_what_it_knows() -> None:
    found = mail_settings(mailer("smtps://desk:tide@mail.example.org"))
    if DJANGO_6:
        assert found["MAILERS"]["default"]["OPTIONS"]["host"] == "mail.example.org"
    else:
        assert (found["EMAIL_HOST"], found["EMAIL_USE_SSL"]) == ("mail.example.org", True)
