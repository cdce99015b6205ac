"""Known people: Ada edits, Wes writes, Pam publishes, Otto has no business here."""

from django.contrib.auth.models import Group, User

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
    """The group that migrations made."""
    return Group.objects.get(name=name)
