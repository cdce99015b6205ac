"""Migrations: real, reversible, complete; the four roles."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from trends.models import VERBS


@pytest.mark.django_db(transaction=True)
def test_they_go_back_and_forth() -> None:
    try:
        call_command("migrate", "trends", "zero", verbosity=0)
        tables = connection.introspection.table_names()
        assert not [name for name in tables if name.startswith("trends_")]
        assert not Group.objects.filter(name="Publisher").exists()
    finally:
        call_command("migrate", "trends", verbosity=0)
    assert Group.objects.filter(name="Publisher").exists()


@pytest.mark.django_db
def test_nothing_is_left_to_migrate() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db
def test_roles_build_on_each_other() -> None:
    def names(role: str) -> set[str]:
        rows = Permission.objects.filter(group__name=role)
        return {p.codename for p in rows}

    assert names("Writer") < names("Editor") < names("Publisher")
    verbs = {row.permission.removeprefix("trends.") for row in VERBS.values()}
    assert verbs <= names("Publisher")
    assert verbs & names("Writer") == {"submit_article"}
    assert "publish_article" not in names("Editor")
    assert names("Administrator") >= {"add_user", "change_user", "change_group"}
