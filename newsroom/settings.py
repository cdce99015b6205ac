"""Settings, all from the environment: docs/running.md names every variable.

A site is in production as soon as one of its hosts is not a loopback name; production refuses
to start with what is unsafe. Everything else is the same on both sides.
"""

from pathlib import Path

from newsroom import env
from newsroom.database import database
from newsroom.logs import MODES as LOG_MODES
from newsroom.logs import logging_for
from newsroom.mail import NO_MAIL, mailer, sender
from newsroom.production import is_local, refuse_unsafe
from newsroom.secret_key import secret_key
from newsroom.static_headers import static_headers
from newsroom.two_factor import MIDDLEWARE as TWO_FACTOR_MIDDLEWARE
from newsroom.two_factor import MODES, apps_for
from trends.compat import mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent
LEVELS = ("off", "warn", "block")

env.refuse_unknown(
    "NEWSROOM_",
    {
        "NEWSROOM_AI_POLICY",
        "NEWSROOM_BASE_URL",
        "NEWSROOM_CDN_PURGE_BODY",
        "NEWSROOM_CDN_PURGE_HEADER",
        "NEWSROOM_CDN_PURGE_TOKEN",
        "NEWSROOM_CDN_PURGE_URL",
        "NEWSROOM_CARD_FONT",
        "NEWSROOM_CONTACT",
        "NEWSROOM_COUNT_VIEWS",
        "NEWSROOM_DATA_DIR",
        "NEWSROOM_FOUR_EYES",
        "NEWSROOM_HSTS_SECONDS",
        "NEWSROOM_HSTS_SUBDOMAINS",
        "NEWSROOM_HTTPS",
        "NEWSROOM_KEEP_ACCESS_DAYS",
        "NEWSROOM_KEEP_AUTOSAVES_DAYS",
        "NEWSROOM_KEEP_DISCARDED_DAYS",
        "NEWSROOM_KEEP_FAILED_JOBS_DAYS",
        "NEWSROOM_KEEP_NOTICES_DAYS",
        "NEWSROOM_KEEP_VIEWS_DAYS",
        "NEWSROOM_LANGUAGE",
        "NEWSROOM_LINK_CHECKS",
        "NEWSROOM_LOG",
        "NEWSROOM_MAIL_FROM",
        "NEWSROOM_MAINTENANCE",
        "NEWSROOM_MEDIA_BACKEND",
        "NEWSROOM_MEDIA_OPTIONS",
        "NEWSROOM_NAME",
        "NEWSROOM_PAGE_STORE",
        "NEWSROOM_PAGE_STORE_MB",
        "NEWSROOM_ORIGINALS_BACKEND",
        "NEWSROOM_ORIGINALS_OPTIONS",
        "NEWSROOM_PROXY_ADDRESS_HEADER",
        "NEWSROOM_PROXY_SSL_HEADER",
        "NEWSROOM_PUBLISH_GRACE",
        "NEWSROOM_READINESS_LEVELS",
        "NEWSROOM_RIGHTS_REMINDER",
        "NEWSROOM_SECURITY_CONTACT",
        "NEWSROOM_SECURITY_POLICY",
        "NEWSROOM_SERVER_TIMING",
        "NEWSROOM_SHARED_LINK_HOURS",
        "NEWSROOM_SHOW_PENDING",
        "NEWSROOM_TEMPLATES_DIR",
        "NEWSROOM_TIME_ZONE",
        "NEWSROOM_TWO_FACTOR",
        # Read by `make run` and by the tests.
        "NEWSROOM_CORPUS",
        "NEWSROOM_DEMO",
        "NEWSROOM_TEST_POSTGRES",
    },
)

# The publication
NEWSROOM_NAME = env.text("NEWSROOM_NAME", "Newsroom")
NEWSROOM_CONTACT = env.email("NEWSROOM_CONTACT")
NEWSROOM_SECURITY_CONTACT = env.contact("NEWSROOM_SECURITY_CONTACT")
NEWSROOM_SECURITY_POLICY = env.address("NEWSROOM_SECURITY_POLICY")
AI_POLICIES = ("allow", "no-train", "search-only")
NEWSROOM_AI_POLICY = env.choice("NEWSROOM_AI_POLICY", AI_POLICIES, "no-train")
NEWSROOM_FOUR_EYES = env.choice("NEWSROOM_FOUR_EYES", LEVELS, "off")
NEWSROOM_SHOW_PENDING = env.choice("NEWSROOM_SHOW_PENDING", ("inline", "summary", "off"), "inline")
NEWSROOM_PUBLISH_GRACE = env.number("NEWSROOM_PUBLISH_GRACE", 10, low=0, high=3600)
NEWSROOM_SHARED_LINK_HOURS = env.number("NEWSROOM_SHARED_LINK_HOURS", 24, low=1, high=336)
NEWSROOM_READINESS_LEVELS = env.levels("NEWSROOM_READINESS_LEVELS", LEVELS)
# How often pieces are read, by day, without anything of a reader.
NEWSROOM_COUNT_VIEWS = env.flag("NEWSROOM_COUNT_VIEWS", default=True)
# Requests to other sites: off, unless somebody wants them.
NEWSROOM_LINK_CHECKS = env.flag("NEWSROOM_LINK_CHECKS", default=False)
NEWSROOM_RIGHTS_REMINDER = env.number("NEWSROOM_RIGHTS_REMINDER", 14, low=0, high=365)
# How long it keeps what is done with, in days; 0: for ever.
NEWSROOM_KEEP_AUTOSAVES_DAYS = env.number("NEWSROOM_KEEP_AUTOSAVES_DAYS", 30, low=0, high=36500)
NEWSROOM_KEEP_FAILED_JOBS_DAYS = env.number("NEWSROOM_KEEP_FAILED_JOBS_DAYS", 90, low=0, high=36500)
NEWSROOM_KEEP_NOTICES_DAYS = env.number("NEWSROOM_KEEP_NOTICES_DAYS", 90, low=0, high=36500)
NEWSROOM_KEEP_VIEWS_DAYS = env.number("NEWSROOM_KEEP_VIEWS_DAYS", 400, low=0, high=36500)
NEWSROOM_KEEP_ACCESS_DAYS = env.number("NEWSROOM_KEEP_ACCESS_DAYS", 180, low=0, high=36500)
NEWSROOM_KEEP_DISCARDED_DAYS = env.number("NEWSROOM_KEEP_DISCARDED_DAYS", 0, low=0, high=36500)
NEWSROOM_CARD_FONT = env.text("NEWSROOM_CARD_FONT")
NEWSROOM_MAINTENANCE = env.flag("NEWSROOM_MAINTENANCE", default=False)
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

# Ready pages in the memory of each process that serves (newsroom/wsgi.py).
NEWSROOM_PAGE_STORE = env.flag("NEWSROOM_PAGE_STORE", default=not DEBUG)
NEWSROOM_PAGE_STORE_MB = env.number("NEWSROOM_PAGE_STORE_MB", 32, low=1, high=65_536)

# A CDN in front, which may keep pages as long as it can be told to drop them.
NEWSROOM_CDN_PURGE_URL = env.endpoint("NEWSROOM_CDN_PURGE_URL")
NEWSROOM_CDN_PURGE_TOKEN = env.text("NEWSROOM_CDN_PURGE_TOKEN")
NEWSROOM_CDN_PURGE_HEADER = env.header_name("NEWSROOM_CDN_PURGE_HEADER", "Authorization")
NEWSROOM_CDN_PURGE_BODY = env.json_object("NEWSROOM_CDN_PURGE_BODY", {"tags": ["newsroom"]})

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

# Mail to staff
_mailer = mailer(env.text("EMAIL_URL", (DATA_DIR / "mail").as_uri() if LOCAL else "off"))
globals().update(mail_settings(_mailer))
SENDS_MAIL = _mailer["BACKEND"] != NO_MAIL
MAIL_PASSWORD = _mailer["OPTIONS"].get("password", "")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = sender(
    env.email("NEWSROOM_MAIL_FROM"), name=NEWSROOM_NAME, base_url=NEWSROOM_BASE_URL
)

INSTALLED_APPS = [
    "trends",
    "newsroom.apps.DeskConfig",
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
    "trends.public.probes.answer_probes",
    "trends.public.delivery.refuse_broken",
    "trends.public.delivery.deliver",
    "trends.public.delivery.explain_refusals",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "trends.public.delivery.keep_closed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
# Templates that the site has written itself stand before ours: docs/policies.md.
NEWSROOM_TEMPLATES_DIR = env.text("NEWSROOM_TEMPLATES_DIR")
_own = [BASE_DIR / NEWSROOM_TEMPLATES_DIR] if NEWSROOM_TEMPLATES_DIR else []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [*_own, BASE_DIR / "templates"],
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
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # else each worker knows every file twice
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
NEWSROOM_TWO_FACTOR = env.choice("NEWSROOM_TWO_FACTOR", MODES, "off")
if NEWSROOM_TWO_FACTOR != "off":
    INSTALLED_APPS += apps_for(NEWSROOM_TWO_FACTOR)
    MIDDLEWARE += TWO_FACTOR_MIDDLEWARE
MFA_TOTP_ISSUER = NEWSROOM_NAME
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: clocks of phones differ, and people type
AUTHENTICATION_BACKENDS = ["newsroom.accounts.StaffBackend"]
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
# Behind a proxy every address is the proxy's; this header says whom it asks for.
NEWSROOM_PROXY_ADDRESS_HEADER = env.header("NEWSROOM_PROXY_ADDRESS_HEADER")
# A piece with all its rows is one form: 150 pieces of evidence have some 4000 fields, and a letter
# that is not Latin takes six bytes on its way. What exceeds this gets a page of its own (urls.py).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Transport
SECURE_SSL_REDIRECT = NEWSROOM_HTTPS
SESSION_COOKIE_SECURE = NEWSROOM_HTTPS
CSRF_COOKIE_SECURE = NEWSROOM_HTTPS
CSRF_TRUSTED_ORIGINS = [NEWSROOM_BASE_URL]
CSRF_FAILURE_VIEW = "trends.admin.rescue.csrf_failure"
SECURE_HSTS_SECONDS = (
    env.number("NEWSROOM_HSTS_SECONDS", 31_536_000, low=0, high=63_072_000) if NEWSROOM_HTTPS else 0
)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("NEWSROOM_HSTS_SUBDOMAINS", default=False)
# Both promise encryption for hosts that are not this site, its subdomains: that is for whoever
# runs them to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
if not SENDS_MAIL:  # said in docs/running.md and on the page that invites: no mistake
    SILENCED_SYSTEM_CHECKS += ["mail.E001"]
SECURE_PROXY_SSL_HEADER = env.proxy_header("NEWSROOM_PROXY_SSL_HEADER")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

# What it says of itself
NEWSROOM_LOG = env.choice("NEWSROOM_LOG", LOG_MODES, "plain")
LOGGING = logging_for(NEWSROOM_LOG)
if env.flag("NEWSROOM_SERVER_TIMING", default=False):
    MIDDLEWARE.insert(0, "newsroom.requests.server_timing")
if NEWSROOM_LOG == "json":
    MIDDLEWARE.insert(0, "newsroom.requests.log_requests")
