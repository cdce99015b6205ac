"""Image: a picture of the library with what readers must be told about it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q

from .. import renditions
from .fields import SafeURLField

_FRACTION = [MinValueValidator(0.0), MaxValueValidator(1.0)]


def originals() -> Storage:
    """Where masters are kept: a storage that no web address leads to."""
    return storages["originals"]


@contextmanager
def written() -> Iterator[list[tuple[Storage, str]]]:
    """Collect (storage, name) of files written for a row; they go if the row does not come."""
    files: list[tuple[Storage, str]] = []
    try:
        with transaction.atomic():
            yield files
    except BaseException:
        for storage, name in files:
            storage.delete(name)
        raise


class ImageManager(models.Manager["Image"]):
    def ingest(self, data: bytes, *, name: str = "", **fields: Any) -> "Image":
        """Store an upload: decoded, stripped of its metadata, encoded again, with renditions.

        Raises renditions.BadPicture with a sentence for what is not a safe picture.
        """
        picture = renditions.open_upload(data)
        image = Image(original_name=name[:200], **fields)
        image.digest = renditions.digest(data)
        image.width, image.height = picture.size
        with written() as files:
            image.file.name = _store(files, originals(), renditions.master(picture), "jpg")
            image.renditions = _render(files, picture, (image.focal_x, image.focal_y))
            image.save(force_insert=True)
        return image


def _store(files: list[tuple[Storage, str]], storage: Storage, data: bytes, suffix: str) -> str:
    # 128 random bits: nobody guesses the address of a picture that is not public yet.
    name = storage.save(f"{secrets.token_hex(16)}.{suffix}", ContentFile(data))
    files.append((storage, name))
    return name


def _render(
    files: list[tuple[Storage, str]], picture: Any, focal: tuple[float, float]
) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for made in renditions.render(picture, focal=focal):
        if made.preset == "placeholder":
            table["placeholder"] = renditions.data_uri(made)
            continue
        name = _store(files, default_storage, made.data, made.format)
        entry = {"width": made.width, "height": made.height, "format": made.format, "name": name}
        table.setdefault(made.preset, []).append(entry)
    return table


class Image(models.Model):
    class AIUse(models.TextChoices):
        NONE = "", "not made by AI"
        EDITED = "edited", "edited with AI"
        MADE = "made", "made by AI"

    file = models.FileField(storage=originals, editable=False, max_length=100)
    original_name = models.CharField(max_length=200, blank=True, editable=False)
    digest = models.CharField(max_length=64, editable=False, db_index=True)  # finds duplicates
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    # One column, so that a page needs no query per picture:
    # {"hero": [{"width", "height", "format", "name"}, …], "social": […], "placeholder": "data:…"}
    renditions = models.JSONField(default=dict, editable=False)
    alt_text = models.CharField(
        max_length=300, blank=True, help_text="What the picture shows, for those who don't see it."
    )
    decorative = models.BooleanField(default=False, help_text="It says nothing that needs words.")
    caption = models.CharField(max_length=400, blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="Whom to name under it.")
    source_url = SafeURLField("source", blank=True)
    licence = models.CharField(max_length=120, blank=True)
    rights_expire_on = models.DateField(null=True, blank=True)
    not_before = models.DateField(null=True, blank=True, help_text="Embargo of the picture.")
    ai_use = models.CharField("AI", max_length=8, choices=AIUse, blank=True, default=AIUse.NONE)
    focal_x = models.FloatField(default=0.5, validators=_FRACTION)
    focal_y = models.FloatField(default=0.5, validators=_FRACTION)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False
    )

    objects = ImageManager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(focal_x__range=(0.0, 1.0)) & Q(focal_y__range=(0.0, 1.0)),
                name="image_focal_fraction",
            )
        ]

    def __str__(self) -> str:
        return self.alt_text or self.caption or self.original_name or f"Picture {self.pk}"

    def move_focus(self, *, x: float, y: float) -> None:
        """Crop all renditions anew round another focal point.

        The old files stay: pages that somebody has open still point at them.
        """
        with self.file.open() as file, written() as files:
            self.focal_x, self.focal_y = x, y
            self.renditions = _render(files, renditions.open_upload(file.read()), (x, y))
            self.save()
