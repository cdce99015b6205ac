"""How often pieces are read, by day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0018_related_trends"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayViews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("views", models.PositiveBigIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="day_views",
                        to="trends.article",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["day"], name="dayviews_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "day"), name="dayviews_once")
                ],
            },
        ),
    ]
