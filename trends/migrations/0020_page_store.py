"""An index of what begins next. The triggers that note changes are made after every migrate
(receivers.py)."""

from django.db import migrations, models

from trends.models import invalidation


def drop(apps, schema_editor):
    invalidation.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0019_day_views"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                condition=models.Q(("kind", "content"), _negated=True),
                fields=["live_from"],
                name="edition_other_start",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop),
    ]
