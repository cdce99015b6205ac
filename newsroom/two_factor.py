"""`NEWSROOM_TWO_FACTOR` → what it needs installed: packages that a site without it does without."""

from importlib.util import find_spec

from newsroom.env import wrong

MODES = ("off", "on", "required")
APPS = ["allauth.account", "allauth.mfa"]
# Nothing of allauth's own pages is there; its apps refuse to start without it.
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
PACKAGES = ("allauth", "qrcode")


def apps_for(mode: str) -> list[str]:
    """For INSTALLED_APPS. Raises where the packages are missing."""
    if not all(find_spec(name) for name in PACKAGES):
        problem = f"is {mode}, but the package django-allauth[mfa] is not installed"
        remedy = "install requirements-two-factor.txt and run manage.py migrate, or write off"
        raise wrong("NEWSROOM_TWO_FACTOR", problem, remedy)
    return APPS
