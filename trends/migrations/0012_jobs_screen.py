"""What counts unread notices, and who looks after the jobs: Administrators."""

from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

JOBS = ("view_job", "change_job", "delete_job")


def grant(apps, schema_editor):
    # Permissions are made after all migrations; groups need them now.
    config = apps.get_app_config("trends")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    jobs = Permission.objects.filter(codename__in=JOBS, content_type__app_label="trends")
    for group in Group.objects.filter(name="Administrator"):
        group.permissions.add(*jobs)


def nothing(apps, schema_editor):
    """The permissions go with their table."""


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0011_truth"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at", None)), fields=["user"], name="notice_unread"
            ),
        ),
        migrations.RunPython(grant, nothing),
    ]
