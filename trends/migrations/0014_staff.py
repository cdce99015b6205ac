"""The log of logins, invitations and exports, and who may read it."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def grant(apps, schema_editor):
    # Permissions are made after all migrations; groups need them now.
    config = apps.get_app_config("trends")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    view = Permission.objects.get(codename="view_access", content_type__app_label="trends")
    for group in Group.objects.filter(name="Administrator"):
        group.permissions.add(view)


def nothing(apps, schema_editor):
    """The permission goes with the table's content type."""


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0013_front"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Access",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("login", "logged in"),
                            ("failed", "login failed"),
                            ("refused", "login refused: too many tries"),
                            ("invited", "invited"),
                            ("link", "link to set a password sent"),
                            ("password", "password set by link"),
                            ("export", "exported"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=254, verbose_name="account")),
                ("address", models.CharField(blank=True, max_length=45)),
                ("at", models.DateTimeField()),
                ("detail", models.TextField(blank=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "log entry",
                "verbose_name_plural": "access log",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="access_newest"),
                    models.Index(fields=["name", "-id"], name="access_of_name"),
                    models.Index(fields=["address", "-id"], name="access_of_address"),
                ],
            },
        ),
        migrations.RunPython(grant, nothing),
    ]
