"""Image: a picture of the library with what readers must be told about it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q

from ..renditions import Notes, Rendition, data_uri, digest, make
from .fields import SafeURLField
from .image_queries import ImageQuerySet

# Codes of IPTC's list of digital source types, for what readers are told anyway.
SOURCE_TYPES = {
    "made": "trainedAlgorithmicMedia",
    "edited": "compositeWithTrainedAlgorithmicMedia",
}
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


class ImageManager(models.Manager.from_queryset(ImageQuerySet)):  # type: ignore[misc]
    def ingest(self, data: bytes, *, name: str = "", **fields: Any) -> "Image":
        """Store an upload: decoded, stripped of its metadata, encoded again, with renditions.

        Raises renditions.BadPicture with a sentence for what is not a safe picture.
        """
        image = Image(original_name=name[:200], **fields)
        made = make(data, focal=image.focal, notes=image.notes)
        image.digest = digest(data)
        image.width, image.height = made.width, made.height
        image.suggested = made.suggested
        with written() as files:
            image.file.name = _store(files, originals(), made.master, "jpg")
            image.renditions = _store_all(files, made.renditions)
            image.save(force_insert=True)
        return image


def _store(files: list[tuple[Storage, str]], storage: Storage, data: bytes, suffix: str) -> str:
    # 128 random bits: nobody guesses the address of a picture that is not public yet.
    name = storage.save(f"{secrets.token_hex(16)}.{suffix}", ContentFile(data))
    files.append((storage, name))
    return name


def _store_all(files: list[tuple[Storage, str]], made: list[Rendition]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for one in made:
        if one.preset == "placeholder":
            table["placeholder"] = data_uri(one)
            continue
        name = _store(files, default_storage, one.data, one.format)
        entry = {"width": one.width, "height": one.height, "format": one.format, "name": name}
        table.setdefault(one.preset, []).append(entry)
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
    # What the upload said of itself: {"credit", "creator", "caption", "alt_text", "licence",
    # "ai_use"}, each where it was there. Offered to editors, never taken over by itself.
    suggested = models.JSONField(default=dict, editable=False)
    # One column, so that a page needs no query per picture:
    # {"hero": [{"width", "height", "format", "name"}, …], "whole": […], "placeholder": "data:…"}
    renditions = models.JSONField(default=dict, editable=False)
    alt_text = models.CharField(
        max_length=300, blank=True, help_text="What the picture shows, for those who don't see it."
    )
    decorative = models.BooleanField(default=False, help_text="It says nothing that needs words.")
    caption = models.CharField(max_length=400, blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="Whom to name under it.")
    creator = models.CharField(max_length=200, blank=True, help_text="Who made the picture.")
    source_url = SafeURLField("source", blank=True)
    licence = models.CharField(max_length=120, blank=True)
    rights_expire_on = models.DateField(null=True, blank=True)
    not_before = models.DateField(null=True, blank=True, help_text="Embargo of the picture.")
    ai_use = models.CharField("AI", max_length=8, choices=AIUse, blank=True, default=AIUse.NONE)
    focal_x = models.FloatField(default=0.5, validators=_FRACTION)
    focal_y = models.FloatField(default=0.5, validators=_FRACTION)
    # Raised by each save in the library; a form posts the one it started from.
    version = models.PositiveIntegerField(default=0, editable=False)
    rendered_at = models.DateTimeField(null=True, editable=False)
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

    @property
    def focal(self) -> tuple[float, float]:
        return self.focal_x, self.focal_y

    @property
    def notes(self) -> Notes:
        """What its files say of themselves."""
        return Notes(
            credit=self.credit,
            creator=self.creator,
            licence=self.licence,
            source_type=SOURCE_TYPES.get(self.ai_use, ""),
        )

    def is_public_on(self, day: date) -> bool:
        """Readers may see it on a day: its rights have begun and not ended."""
        expired = self.rights_expire_on is not None and self.rights_expire_on < day
        early = self.not_before is not None and self.not_before > day
        return not (expired or early)

    def move_focus(self, *, x: float, y: float) -> None:
        """Crop all renditions anew round another focal point.

        The old files stay: pages that somebody has open still point at them.
        """
        with self.file.open() as file:
            made = make(file.read(), focal=(x, y), notes=self.notes, ours=True)
        with written() as files:
            self.focal_x, self.focal_y = x, y
            self.renditions = _store_all(files, made.renditions)
            self.save()
