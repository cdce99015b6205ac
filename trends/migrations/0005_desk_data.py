"""What 0004 added, filled for what there is; who may write notes."""

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.models import F

NOTES = ("view_note", "add_note", "change_note")


def fill(apps, schema_editor):
    Article, Revision = apps.get_model("trends", "Article"), apps.get_model("trends", "Revision")
    Article.objects.filter(owner=None).update(owner=F("created_by"))
    article, before = None, {}
    for row in Revision.objects.order_by("article", "number").iterator(chunk_size=200):
        if row.article_id != article:
            article, before = row.article_id, {}
        parts = [name for name in row.content if name != "schema"]
        row.sections = [name for name in parts if row.content[name] != before.get(name)]
        row.save(update_fields=["sections"])
        before = row.content


def grant(apps, schema_editor):
    # Permissions are made after all migrations; groups need them now.
    config = apps.get_app_config("trends")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    notes = Permission.objects.filter(codename__in=NOTES, content_type__app_label="trends")
    for group in Group.objects.filter(name__in=["Writer", "Editor", "Publisher"]):
        group.permissions.add(*notes)


def nothing(apps, schema_editor):
    """The columns go with 0004."""


class Migration(migrations.Migration):
    dependencies = [("trends", "0004_desk")]
    operations = [
        migrations.RunPython(fill, nothing),
        migrations.RunPython(grant, nothing),
    ]
