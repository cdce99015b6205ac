"""A kind of notices for stopped releases, and the index of days to look again."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trends", "0014_staff"),
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
                    ("release", "release stopped"),
                    ("failure", "Failure"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("review_by__isnull", False)),
                fields=["review_by"],
                name="article_review",
            ),
        ),
    ]
