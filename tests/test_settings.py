"""What a site starts with, and what keeps it from starting, in a process of its own each time."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DJANGO_SECRET_KEY": "k3y-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    "DJANGO_ALLOWED_HOSTS": "news.example.org",
    "NEWSROOM_BASE_URL": "https://news.example.org",
    "NEWSROOM_CONTACT": "desk@example.org",
    "NEWSROOM_TEMPLATES_DIR": "tests/site_templates",  # its policies are complete
    "NEWSROOM_SECURITY_CONTACT": "security@example.org",
}
Run = Callable[..., subprocess.CompletedProcess[str]]
Read = Callable[..., dict[str, Any]]
Tell = Callable[..., str]

PREFIXES = (
    "DJANGO_",
    "NEWSROOM_",
    "DATABASE_URL",
    "EMAIL_URL",
    "MEDIA_ROOT",
    "STATIC_ROOT",
    "PORT",
    "PYTEST",
)
SHOW = """
import json
from newsroom import settings
# What the editor loads needs Django itself to be told.
names = [name for name in dir(settings) if name.isupper() and "EDITOR" not in name]
print(json.dumps({name: getattr(settings, name) for name in names}, default=str))
"""

# In sitecustomize.py: a machine on which the package can't be imported.
WITHOUT_ALLAUTH = "import sys; sys.modules['allauth'] = None"


@pytest.fixture
def python(tmp_path: Path) -> Run:
    """Run Python in the project with these variables and no other of the site's."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(PREFIXES)}

    def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        env = clean | {"NEWSROOM_DATA_DIR": str(tmp_path / "data")} | environ
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True
        )

    return run


@pytest.fixture
def settings_of(python: Run) -> Read:
    def read(**environ: str) -> dict[str, Any]:
        done = python("-c", SHOW, **environ)
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return read


@pytest.fixture
def refusal_of(python: Run) -> Tell:
    def read(**environ: str) -> str:
        done = python("manage.py", "check", **environ)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    return read


def test_a_machine_of_ones_own_needs_no_variable(settings_of: Read) -> None:
    found = settings_of()
    assert found["LOCAL"]
    assert not found["DEBUG"]
    assert found["NEWSROOM_BASE_URL"] == "http://127.0.0.1:8000"
    assert not found["SECURE_SSL_REDIRECT"]


def test_the_base_address_follows_the_port(settings_of: Read) -> None:
    assert settings_of(PORT="8001")["NEWSROOM_BASE_URL"] == "http://127.0.0.1:8001"


def test_a_key_is_made_once_for_its_owner_only(settings_of: Read, tmp_path: Path) -> None:
    first = settings_of()["SECRET_KEY"]
    assert len(first) >= 50
    assert settings_of()["SECRET_KEY"] == first
    assert stat.S_IMODE((tmp_path / "data" / "secret-key").stat().st_mode) == 0o600


def test_all_that_a_site_keeps_lies_in_one_folder(settings_of: Read, tmp_path: Path) -> None:
    found = settings_of()
    places = [found["MEDIA_ROOT"], found["STATIC_ROOT"], found["DATABASES"]["default"]["NAME"]]
    assert {Path(place).parent for place in places} == {tmp_path / "data"}


def test_production_is_any_other_host(settings_of: Read) -> None:
    found = settings_of(**PRODUCTION)
    assert not found["LOCAL"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert not found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    found = settings_of(**PRODUCTION | {"NEWSROOM_HSTS_SUBDOMAINS": "on"})
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"]


def test_production_passes_django_s_own_check(python: Run) -> None:
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_production_can_do_without_encryption_when_told_to(settings_of: Read) -> None:
    found = settings_of(
        **PRODUCTION | {"NEWSROOM_HTTPS": "off", "NEWSROOM_BASE_URL": "http://news.example.org"}
    )
    assert not found["SESSION_COOKIE_SECURE"]
    assert found["SECURE_HSTS_SECONDS"] == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"DJANGO_SECRET_KEY": ""}, "DJANGO_SECRET_KEY is missing"),
        ({"DJANGO_SECRET_KEY": "django-insecure-" + "x1y2z3" * 20}, "everybody knows"),
        ({"DJANGO_SECRET_KEY": "change-me-" + "x1y2z3" * 20}, "everybody knows"),
        ({"DJANGO_SECRET_KEY": "short0123456789"}, "too easy to guess"),
        ({"DJANGO_SECRET_KEY": "ab" * 40}, "too easy to guess"),
        ({"DJANGO_DEBUG": "on"}, "DJANGO_DEBUG is on"),
        ({"DJANGO_ALLOWED_HOSTS": "*"}, "DJANGO_ALLOWED_HOSTS holds *"),
        ({"DJANGO_ALLOWED_HOSTS": "localhost,*"}, "DJANGO_ALLOWED_HOSTS holds *"),
        ({"NEWSROOM_BASE_URL": ""}, "NEWSROOM_BASE_URL is missing"),
        ({"NEWSROOM_BASE_URL": "http://news.example.org"}, "does not begin with https"),
        ({"NEWSROOM_BASE_URL": "https://other.example.org"}, "a host that is not allowed"),
    ],
)
def test_production_refuses_what_is_unsafe(
    refusal_of: Tell, change: dict[str, str], words: str
) -> None:
    assert words in refusal_of(**PRODUCTION | change)


@pytest.mark.parametrize(
    "change",
    [
        {"NEWSROOM_FOUR_EYES": "sometimes"},
        {"NEWSROOM_SHOW_PENDING": "yes"},
        {"NEWSROOM_AI_POLICY": "no"},
        {"NEWSROOM_SECURITY_CONTACT": "http://example.org/report"},
        {"NEWSROOM_SECURITY_POLICY": "security.html"},
        {"NEWSROOM_TIMEZONE": "Europe/Berlin"},
        {"NEWSROOM_TIME_ZONE": "Berlin"},
        {"NEWSROOM_LANGUAGE": "xx"},
        {"DATABASE_URL": "oracle://db/news"},
        {"NEWSROOM_MEDIA_BACKEND": "S3Storage"},
        {"NEWSROOM_ORIGINALS_OPTIONS": "bucket_name=pictures"},
        {"EMAIL_URL": "mail.example.org"},
        {"NEWSROOM_MAIL_FROM": "the desk"},
        {"NEWSROOM_LOG": "xml"},
        {"PORT": "0"},
    ],
)
def test_a_wrong_value_is_refused_at_start_with_one_sentence(
    refusal_of: Tell, change: dict[str, str]
) -> None:
    lines = refusal_of(**change).strip().splitlines()
    assert len(lines) == 1
    assert next(iter(change)) in lines[0]


def test_pictures_can_be_kept_elsewhere(settings_of: Read) -> None:
    backend, options = "storages.backends.s3.S3Storage", {"bucket_name": "pictures"}
    found = settings_of(NEWSROOM_MEDIA_BACKEND=backend, NEWSROOM_MEDIA_OPTIONS=json.dumps(options))[
        "STORAGES"
    ]
    assert found["default"] == {"BACKEND": backend, "OPTIONS": options}
    assert found["originals"]["BACKEND"] == "newsroom.storage.SafeFileStorage"
    assert found["originals"]["OPTIONS"]["location"].endswith("/originals")


def test_mail_goes_into_a_folder_until_a_server_is_named(settings_of: Read, tmp_path: Path) -> None:
    assert settings_of()["SENDS_MAIL"]
    assert settings_of()["DEFAULT_FROM_EMAIL"] == "Newsroom <no-reply@127.0.0.1>"
    assert str(tmp_path / "data" / "mail") in json.dumps(settings_of())
    assert not settings_of(**PRODUCTION)["SENDS_MAIL"]
    assert settings_of(**PRODUCTION, EMAIL_URL="smtp://mail.example.org")["SENDS_MAIL"]


def test_what_it_says_of_requests_is_asked_for(python: Run, settings_of: Read) -> None:
    assert not [name for name in settings_of()["MIDDLEWARE"] if "newsroom.requests" in name]
    both = {"NEWSROOM_LOG": "json", "NEWSROOM_SERVER_TIMING": "on"}
    first = [name.rpartition(".")[2] for name in settings_of(**both)["MIDDLEWARE"][:2]]
    assert first == ["log_requests", "server_timing"]
    say = "import django, logging; django.setup(); logging.getLogger('trends').info('Well')"
    done = python("-c", say, DJANGO_SETTINGS_MODULE="newsroom.settings", **both)
    assert json.loads(done.stderr)["message"] == "Well"


def test_a_refusal_never_repeats_the_secret(refusal_of: Tell) -> None:
    assert "hush" not in refusal_of(**PRODUCTION | {"DJANGO_SECRET_KEY": "hush-hush"})


@pytest.mark.parametrize("hosts", ["localhost", "[::1]", "127.0.0.1,127.8.0.1", "a.localhost"])
def test_loopback_names_are_local(settings_of: Read, hosts: str) -> None:
    assert settings_of(DJANGO_ALLOWED_HOSTS=hosts)["LOCAL"]


@pytest.mark.parametrize("hosts", ["0.0.0.0", "10.0.0.1", "localhost.example.org"])
def test_names_that_look_local_are_production(refusal_of: Tell, hosts: str) -> None:
    assert "DJANGO_SECRET_KEY is missing" in refusal_of(DJANGO_ALLOWED_HOSTS=hosts)


def test_every_variable_is_documented() -> None:
    source = (ROOT / "newsroom" / "settings.py").read_text()
    names = set(
        re.findall(r'"((?:DJANGO|NEWSROOM)_[A-Z_]*[A-Z]|(?:DATABASE|EMAIL)_URL|\w+_ROOT)"', source)
    )
    manual = (ROOT / "docs" / "running.md").read_text() + (ROOT / "docs" / "testing.md").read_text()
    assert len(names) > 15
    assert sorted(name for name in names if f"`{name}`" not in manual) == []


# --- two-factor login ---


def test_two_factor_login_is_off_and_needs_nothing_installed(settings_of: Read) -> None:
    found = settings_of()
    assert found["NEWSROOM_TWO_FACTOR"] == "off"
    assert "allauth" not in " ".join(found["INSTALLED_APPS"] + found["MIDDLEWARE"])


def test_switched_on_it_brings_its_apps_and_passes_all_checks(python: Run) -> None:
    with_it = PRODUCTION | {"NEWSROOM_TWO_FACTOR": "required"}
    checks = ("check", "--deploy", "--fail-level", "WARNING")
    done = python("-W", "error", "manage.py", *checks, **with_it)
    assert done.returncode == 0, done.stderr
    tables = python("manage.py", "showmigrations", "mfa", **with_it)
    assert "0001_initial" in tables.stdout


def test_without_its_package_the_site_starts_only_without_it(
    python: Run, refusal_of: Tell, tmp_path: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_ALLAUTH)
    without = {"PYTHONPATH": str(tmp_path)}
    done = python("manage.py", "check", **without)
    assert done.returncode == 0, done.stderr
    said = refusal_of(**without, NEWSROOM_TWO_FACTOR="on")
    assert "NEWSROOM_TWO_FACTOR is on, but the package django-allauth[mfa] is not installed" in said
    assert "requirements-two-factor.txt" in said
