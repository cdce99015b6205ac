"""Pins of the front page and of topic pages, and who may set them."""

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
    pin = Permission.objects.get(codename="pin_article", content_type__app_label="trends")
    for group in Group.objects.filter(name__in=["Editor", "Publisher"]):
        group.permissions.add(pin)


def nothing(apps, schema_editor):
    """The permission goes with the table's content type."""


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0012_jobs_screen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slot",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Lead"),
                            (1, "Secondary 1"),
                            (2, "Secondary 2"),
                            (3, "Secondary 3"),
                        ]
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="trends.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="trends.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["slot", "-starts_at"],
                "permissions": [
                    ("pin_article", "Can pin trends to the front page and to topic pages")
                ],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slot__lte", 3)), name="pin_slot_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="pin_ends_after_start",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("topic", None)),
                        fields=("slot", "starts_at"),
                        name="pin_one_start_front",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("topic__isnull", False)),
                        fields=("topic", "slot", "starts_at"),
                        name="pin_one_start_topic",
                    ),
                ],
            },
        ),
        migrations.RunPython(grant, nothing),
    ]
