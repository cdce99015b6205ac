"""The name of the search index, which receivers.py makes after every migrate; and an order of lists."""

import django.db.models.deletion
from django.db import migrations, models

import trends.models.search_row
from trends.models import search_index


def drop(apps, schema_editor):
    search_index.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0016_two_factor"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="trends.edition",
                    ),
                ),
                ("position", models.BigIntegerField(db_column="rowid")),
                ("words", trends.models.search_row.Words(db_column="trends_search")),
            ],
            options={
                "db_table": "trends_search",
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(
                models.OrderBy(models.F("public_updated_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("kind", "content")),
                name="edition_last_updated",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, drop),
    ]
