"""Shared links, what is said of them, and who may make them."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

LINKS = ("view_sharedlink", "add_sharedlink", "change_sharedlink")


def grant(apps, schema_editor):
    # Permissions are made after all migrations; groups need them now.
    config = apps.get_app_config("trends")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    links = Permission.objects.filter(codename__in=LINKS, content_type__app_label="trends")
    for group in Group.objects.filter(name__in=["Writer", "Editor", "Publisher"]):
        group.permissions.add(*links)


def nothing(apps, schema_editor):
    """Permissions go with their models."""


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0008_calendar"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assignment", "Assignment"),
                    ("return", "returned"),
                    ("approval", "approved"),
                    ("mention", "Mention"),
                    ("advice", "Advice"),
                    ("reminder", "Reminder"),
                    ("failure", "Failure"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="SharedLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("label", models.CharField(max_length=80, verbose_name="for whom")),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_links",
                        to="trends.article",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_links",
                        to="trends.revision",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("agrees", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("form_key", models.CharField(max_length=16)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advice",
                        to="trends.sharedlink",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "advice",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="sharedlink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at", None), ("revoked_by", None)),
                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                    _connector="OR",
                ),
                name="sharedlink_revoked_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharedlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="sharedlink_expires",
            ),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.UniqueConstraint(
                fields=("link", "form_key"), name="advice_form_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True), ("agrees", True), _connector="OR"
                ),
                name="advice_says",
            ),
        ),
        migrations.RunPython(grant, nothing),
    ]
