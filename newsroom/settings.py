"""Settings, all from the environment: docs/running.md names every variable.

A site is in production as soon as one of its hosts is not a loopback name; production refuses
to start with what is unsafe. Everything else is the same on both sides.
"""

from pathlib import Path

from newsroom import env
from newsroom.database import database
from newsroom.production import is_local, refuse_unsafe
from newsroom.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
LEVELS = ("off", "warn", "block")

env.refuse_unknown(
    "NEWSROOM_",
    {
        "NEWSROOM_BASE_URL",
        "NEWSROOM_CARD_FONT",
        "NEWSROOM_CONTACT",
        "NEWSROOM_DATA_DIR",
        "NEWSROOM_FOUR_EYES",
        "NEWSROOM_HSTS_SECONDS",
        "NEWSROOM_HTTPS",
        "NEWSROOM_LANGUAGE",
        "NEWSROOM_MEDIA_BACKEND",
        "NEWSROOM_MEDIA_OPTIONS",
        "NEWSROOM_NAME",
        "NEWSROOM_ORIGINALS_BACKEND",
        "NEWSROOM_ORIGINALS_OPTIONS",
        "NEWSROOM_PROXY_SSL_HEADER",
        "NEWSROOM_READINESS_LEVELS",
        "NEWSROOM_SHOW_PENDING",
        "NEWSROOM_TIME_ZONE",
        # Read by `make run` and by the tests.
        "NEWSROOM_CORPUS",
        "NEWSROOM_DEMO",
        "NEWSROOM_TEST_POSTGRES",
    },
)

# The publication
NEWSROOM_NAME = env.text("NEWSROOM_NAME", "Newsroom")
NEWSROOM_CONTACT = env.email("NEWSROOM_CONTACT")
NEWSROOM_FOUR_EYES = env.choice("NEWSROOM_FOUR_EYES", LEVELS, "off")
NEWSROOM_SHOW_PENDING = env.choice("NEWSROOM_SHOW_PENDING", ("inline", "summary", "off"), "inline")
NEWSROOM_READINESS_LEVELS = env.levels("NEWSROOM_READINESS_LEVELS", LEVELS)
NEWSROOM_CARD_FONT = env.text("NEWSROOM_CARD_FONT")
LANGUAGE_CODE = env.language("NEWSROOM_LANGUAGE", "en")
TIME_ZONE = env.zone("NEWSROOM_TIME_ZONE", "UTC")
USE_TZ = True

# Who may reach it, and how
DEBUG = env.flag("DJANGO_DEBUG", default=False)
ALLOWED_HOSTS = env.hosts("DJANGO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
LOCAL = is_local(ALLOWED_HOSTS)
PORT = env.number("PORT", 8000, low=1, high=65535)
NEWSROOM_BASE_URL = env.origin("NEWSROOM_BASE_URL", f"http://127.0.0.1:{PORT}" if LOCAL else "")
NEWSROOM_HTTPS = env.flag("NEWSROOM_HTTPS", default=not LOCAL)

# What it keeps
DATA_DIR = BASE_DIR / env.text("NEWSROOM_DATA_DIR", "var")
MEDIA_ROOT = BASE_DIR / env.text("MEDIA_ROOT", str(DATA_DIR / "media"))
STATIC_ROOT = BASE_DIR / env.text("STATIC_ROOT", str(DATA_DIR / "static"))
SECRET_KEY = env.text("DJANGO_SECRET_KEY")
if LOCAL and not SECRET_KEY:
    SECRET_KEY = secret_key(DATA_DIR / "secret-key")
if not LOCAL:
    refuse_unsafe(
        secret_key=SECRET_KEY,
        debug=DEBUG,
        hosts=ALLOWED_HOSTS,
        base_url=NEWSROOM_BASE_URL,
        https=NEWSROOM_HTTPS,
    )
DATABASES = {
    "default": database(
        env.text("DATABASE_URL", f"sqlite:///{DATA_DIR}/newsroom.sqlite3"), root=BASE_DIR
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "trends",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "js_asset",
    "django_prose_editor",
]
MIDDLEWARE = [
    "trends.headers.security_headers",
    "trends.public.delivery.refuse_broken",
    "trends.public.delivery.deliver",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trends.headers.csp_nonce",
            ],
        },
    },
]

# Files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
FILE_UPLOAD_HANDLERS = ["newsroom.uploads.UploadHandler"]
STORAGES = {
    "default": env.storage(
        "NEWSROOM_MEDIA_BACKEND", "NEWSROOM_MEDIA_OPTIONS", "newsroom.storage.SafeFileStorage", {}
    ),
    # Masters of pictures: no web address leads there.
    "originals": env.storage(
        "NEWSROOM_ORIGINALS_BACKEND",
        "NEWSROOM_ORIGINALS_OPTIONS",
        "newsroom.storage.SafeFileStorage",
        {"location": DATA_DIR / "originals"},
    ),
    "staticfiles": {"BACKEND": "newsroom.storage.StaticStorage"},
}

# Staff
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_CHECKS = (
    "UserAttributeSimilarityValidator",
    "MinimumLengthValidator",
    "CommonPasswordValidator",
    "NumericPasswordValidator",
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{check}"} for check in PASSWORD_CHECKS
]
# A long piece with all its rows of evidence, key points and links is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Transport
SECURE_SSL_REDIRECT = NEWSROOM_HTTPS
SESSION_COOKIE_SECURE = NEWSROOM_HTTPS
CSRF_COOKIE_SECURE = NEWSROOM_HTTPS
CSRF_TRUSTED_ORIGINS = [NEWSROOM_BASE_URL]
SECURE_HSTS_SECONDS = (
    env.number("NEWSROOM_HSTS_SECONDS", 31_536_000, low=0, high=63_072_000) if NEWSROOM_HTTPS else 0
)
# Both would promise encryption for hosts that are not this site: its subdomains.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = env.proxy_header("NEWSROOM_PROXY_SSL_HEADER")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "trends": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
