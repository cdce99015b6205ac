"""The four roles, on Django's own permissions."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROWS = ("keypoint", "evidence", "action", "relatedlink", "byline")


def every(models, verbs=("view", "add", "change", "delete")):
    return [f"{verb}_{model}" for model in models for verb in verbs]


WRITER = [
    *every(["article"], ["view", "add", "change"]),
    *every(ROWS),
    *every(["image"], ["view", "add", "change"]),
    *every(["author", "topic", "revision", "transition", "edition", "assignment"], ["view"]),
    "submit_article",
]
EDITOR = [
    *WRITER,
    "change_all_articles",
    "assign_author",
    "approve_article",
    "hold_article",
    "discard_article",
    *every(["author", "topic"], ["add", "change"]),
    *every(["assignment"], ["add", "change", "delete"]),
]
PUBLISHER = [*EDITOR, "publish_article", "retract_article", *every(["image"], ["delete"])]
ADMINISTRATOR = every(["user", "group"])
ROLES = {
    "Writer": WRITER,
    "Editor": EDITOR,
    "Publisher": PUBLISHER,
    "Administrator": ADMINISTRATOR,
}


def make_groups(apps, schema_editor):
    # Permissions are made after all migrations; groups need them now.
    for label in ("trends", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role, names in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(
            *Permission.objects.filter(
                codename__in=names, content_type__app_label__in=("trends", "auth")
            )
        )


def drop_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0001_start"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, drop_groups)]
