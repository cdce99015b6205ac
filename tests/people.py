"""Known people: Ada edits, Wes writes, Pam publishes, Otto has no business here."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, User

# Migrations that give the groups what came later.
GRANTS = (
    "0005_desk_data", "0009_previews", "0010_notes", "0011_truth", "0012_jobs_screen",
    "0013_front", "0014_staff",
)  # fmt: skip
ROLE_OF = {"ada": "Editor", "wes": "Writer", "pam": "Publisher"}


def person(name: str, *, is_superuser: bool = False) -> User:
    """A member of staff with the role of that name (Otto has none); the name is the password."""
    user = User.objects.create_user(
        name, password=name, first_name=name.title(), is_staff=True, is_superuser=is_superuser
    )
    if name in ROLE_OF:
        user.groups.add(role(ROLE_OF[name]))
    return user


def role(name: str) -> Group:
    """The group that migrations made; made again where a test has emptied the database."""
    make_roles()
    return Group.objects.get(name=name)


def make_roles() -> None:
    """All four, unless they are there."""
    if not Group.objects.filter(name="Publisher").exists():
        # They take the site's own apps for those of a migration, which have no module of models.
        configs = [(c, c.models_module) for c in map(apps.get_app_config, ("trends", "auth"))]
        import_module("trends.migrations.0002_groups").make_groups(apps, None)
        for later in GRANTS:
            import_module(f"trends.migrations.{later}").grant(apps, None)
        for config, models in configs:
            config.models_module = models
