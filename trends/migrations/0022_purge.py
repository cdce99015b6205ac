"""What the CDN in front of the site was told last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0021_scale"),
    ]

    operations = [
        migrations.CreateModel(
            name="Purge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cursor", models.JSONField()),
                ("next_at", models.DateTimeField()),
                ("is_told_again", models.BooleanField(default=False)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="purge_one_row")
                ],
            },
        ),
    ]
