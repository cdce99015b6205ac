"""Author: a person credited in public. Not a user account, but may be linked to one."""

from django.conf import settings
from django.db import models
from django.urls import reverse


class Author(models.Model):
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    job_title = models.CharField(max_length=120, blank=True)
    bio = models.TextField(blank=True, help_text="Text of the author's page.")
    portrait = models.ForeignKey(
        "trends.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="portrait_of"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The account of this person, if they work here.",
    )
    unresolved = models.BooleanField(
        default=False,
        help_text="Found by an import; somebody must say who this is before it is published.",
    )

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])
