"""The accounts of the demo: passwords made on this machine, shown as long as they are true."""

import os
import secrets
from pathlib import Path

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group, User

from .people import ACCOUNTS, Account

# Without letters and digits that look alike in print.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_HEADER = "# Accounts of the demo newsroom: account, role, password. For the owner's eyes only.\n"
Passwords = dict[str, tuple[str, str]]  # username → (role, password)


def new_password() -> str:
    """Four groups of four: 80 random bits that can be read out."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def make_accounts() -> tuple[dict[str, User], Passwords]:
    """One account a role, by its name in the story; their passwords by the name to log in with."""
    users, passwords = {}, Passwords()
    for account in ACCOUNTS:
        password = new_password()
        user = _make(account, password)
        users[account.username] = user
        passwords[user.get_username()] = (account.role, password)
    return users, passwords


def _make(account: Account, password: str) -> User:
    is_administrator = account.role == "Administrator"
    user = User.objects.create_user(
        _free(account.username),
        password=password,
        first_name=account.first_name,
        last_name=account.last_name,
        is_staff=True,
        is_superuser=is_administrator,  # so that one account sees everything
    )
    user.groups.add(Group.objects.get(name=account.role))
    return user


def _free(username: str) -> str:
    """The name, or the first numbered one that nobody here has."""
    name, n = username, 1
    while User.objects.filter(username=name).exists():
        n += 1
        name = f"{username}{n}"
    return name


def keep(path: Path, passwords: Passwords) -> None:
    """Write the passwords where only the owner of the file can read them; whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_HEADER)
        file.writelines(f"{name} {role} {word}\n" for name, (role, word) in passwords.items())
    draft.replace(path)


def kept(path: Path) -> Passwords:
    """What the file says; nothing when it is gone."""
    if not path.exists():
        return {}
    lines = [line.split() for line in path.read_text().splitlines() if line[:1] != "#"]
    return {line[0]: (line[1], line[2]) for line in lines if len(line) == 3}


def described(passwords: Passwords) -> list[str]:
    """A line an account: its password, or why that is of no use any more."""
    return [
        f"{name:8} {_state(name, password):21} {role}"
        for name, (role, password) in passwords.items()
    ]


def _state(name: str, password: str) -> str:
    user = User.objects.filter(username=name).first()
    if user is None:
        return "(account is gone)"
    if not user.is_active:
        return "(account is disabled)"
    return password if check_password(password, user.password) else "(password was changed)"


def forget_gone(path: Path) -> None:
    """Drop from the file what nobody can log in with any more; the file, too, when it is empty."""
    passwords = kept(path)
    names = User.objects.filter(username__in=passwords).values_list("username", flat=True)
    left = {name: passwords[name] for name in names}
    if left:
        keep(path, left)
    else:
        path.unlink(missing_ok=True)
