"""Image: a picture of the library with what readers must be told about it."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from ..renditions import Notes, digest, make
from .fields import SafeURLField
from .file_deletion import GRACE, Place
from .image_queries import ImageQuerySet
from .image_words import faults
from .picture_files import (
    MASTERS,
    File,
    Stale,
    Table,
    laid_out,
    let_go,
    made_for,
    originals,
    public_places,
    random_name,
    stored,
)

# Codes of IPTC's list of digital source types, for what readers are told anyway.
SOURCE_TYPES = {
    "made": "trainedAlgorithmicMedia",
    "edited": "compositeWithTrainedAlgorithmicMedia",
}
_FRACTION = [MinValueValidator(0.0), MaxValueValidator(1.0)]
# What files say of themselves, or show: a change of it makes new files.
IN_FILES = {"focal_x", "focal_y", "credit", "creator", "licence", "ai_use"}


def rights_hold(begin: date | None, end: date | None, day: date) -> bool:
    """Both days count: the first and the last on which readers may see a picture."""
    return (begin is None or begin <= day) and (end is None or day <= end)


class Known(Exception):
    """The library has this picture already: `image`."""

    def __init__(self, image: "Image") -> None:
        super().__init__("This picture is in the library already.")
        self.image = image


class ImageManager(models.Manager.from_queryset(ImageQuerySet)):  # type: ignore[misc]
    def ingest(
        self, data: bytes, *, name: str = "", only_new: bool = False, **fields: Any
    ) -> "Image":
        """Store an upload: decoded, stripped of its metadata, encoded again, with renditions.

        Raises renditions.BadPicture with a sentence for what is not a safe picture, OSError when
        the files can't be stored, and with `only_new` Known for what is there already; then
        nothing is left of it.
        """
        image: Image = self.model(original_name=name[:200], digest=digest(data), **fields)
        if only_new:
            self._refuse_known(digest=image.digest)
        made = make(data, focal=image.focal, notes=image.notes)
        image.pixels = digest(made.master)
        if only_new:  # the same picture with other metadata, or in another format
            self._refuse_known(pixels=image.pixels)
        image.width, image.height, image.suggested = made.width, made.height, made.suggested
        image.file.name = random_name("jpg")
        image.renditions, files = laid_out(made, image.stamp)
        image.rendered_at = timezone.now()
        with stored([(MASTERS, str(image.file.name), made.master), *files]):
            image.save(force_insert=True)
        return image

    def _refuse_known(self, **same: str) -> None:
        known = self.filter(**same).first()
        if known:
            raise Known(known)


class Image(models.Model):
    class AIUse(models.TextChoices):
        NONE = "", "not made by AI"
        EDITED = "edited", "edited with AI"
        MADE = "made", "made by AI"

    file = models.FileField(storage=originals, editable=False, max_length=100)
    original_name = models.CharField(max_length=200, blank=True, editable=False)
    # Find duplicates: SHA-256 of the upload, and of the master, which is the same for the same
    # pixels as long as the encoder is.
    digest = models.CharField(max_length=64, editable=False, db_index=True)
    pixels = models.CharField(max_length=64, editable=False, blank=True, default="", db_index=True)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    # What the upload said of itself: {"credit", "creator", "caption", "alt_text", "licence",
    # "ai_use"}, each where it was there. Offered to editors, never taken over by itself.
    suggested = models.JSONField(default=dict, editable=False)
    # One column, so that a page needs no query per picture:
    # {"hero": [{"width", "height", "format", "name"}, …], "whole": […], "placeholder": "data:…",
    #  "stamp": what they were made for}
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
    # The last day of its rights of which editors were told.
    rights_reminded_for = models.DateField(null=True, editable=False)
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
        verbose_name = "picture"
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

    @property
    def stamp(self) -> str:
        """What its files ought to be made for; theirs is in the table."""
        return made_for(self.focal, self.notes)

    @property
    def lacks_files(self) -> bool:
        """Its files are not there, or show or say what was true before an edit."""
        return bool(self.renditions.get("stamp") != self.stamp)

    @property
    def places(self) -> list[Place]:
        """Every file of it: the master and what was made of it."""
        return [(MASTERS, str(self.file.name)), *public_places(self.renditions)]

    @property
    def public_renditions(self) -> Table:
        """Its files as far as readers get them: none before its rights begin or after they end.

        The one door: public code asks here, never the column.
        """
        return self.renditions if self.is_public_on(timezone.localdate()) else {}

    def is_public_on(self, day: date) -> bool:
        """Readers may see it on a day: its rights have begun and not ended."""
        return rights_hold(self.not_before, self.rights_expire_on, day)

    def revise(self, changed: Collection[str] = (), *, remake: bool = True) -> None:
        """Save an edit of the library. `changed` are names of fields.

        New files are made where the change shows in them (`remake`), and the old ones live on for
        a while: pages that somebody has open still point at them. They go at once when the rights
        have ended. Raises Stale when somebody else's edit came between.
        """
        if self._is_withheld():
            self._store({}, [], is_edit=True)
        elif remake and (IN_FILES & set(changed) or not self.renditions):
            self._store(*self._drawn(), is_edit=True)
        else:
            self._store(None, [], is_edit=True)

    def remake(self) -> None:
        """Make all renditions anew from the master; nobody's form gets stale by that.

        Raises FileNotFoundError without a master, Stale when an edit came between.
        """
        self._store(*self._drawn())

    def move_focus(self, *, x: float, y: float) -> None:
        """Crop all renditions anew round another focal point."""
        self.focal_x, self.focal_y = x, y
        self.revise({"focal_x", "focal_y"})

    def withdraw(self) -> None:
        """Take the files off the public side; the master stays."""
        self._store({}, [])

    def open_master(self) -> IO[bytes]:
        """Our own encoding of the whole picture. Raises FileNotFoundError."""
        return storages[MASTERS].open(str(self.file.name))

    def _drawn(self) -> tuple[Table, list[File]]:
        with self.open_master() as file:
            master = file.read()
        self.pixels = digest(master)  # of pictures from before there was such a column
        made = make(master, focal=self.focal, notes=self.notes, ours=True)
        return laid_out(made, self.stamp)

    def _store(self, table: Table | None, files: list[File], *, is_edit: bool = False) -> None:
        """Save with another table of renditions, None for the one that is there."""
        with stored(files):
            saved = Image.objects.select_for_update().filter(pk=self.pk).first()
            if saved is None or saved.version != self.version:
                raise Stale("Somebody changed this picture after you opened it.")
            self.renditions, self.version = saved.renditions, saved.version + is_edit
            if table is not None:
                after = GRACE if table else timedelta()
                let_go(public_places(saved.renditions), after, picture=self.pk)
                self.renditions, self.rendered_at = table, timezone.now()
            self.save(update_fields=None if is_edit else ["renditions", "rendered_at", "pixels"])

    def _is_withheld(self) -> bool:
        expired = self.rights_expire_on and self.rights_expire_on < timezone.localdate()
        mine = Image.objects.filter(pk=self.pk)
        return bool(expired) or mine.only_in_removed(timezone.now()).exists()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """The row, and after the commit its files. Raises ProtectedError while it is used."""
        with transaction.atomic():
            gone = super().delete(*args, **kwargs)
            let_go(self.places)
        return gone

    def clean(self) -> None:
        """Refuses words and rights that a machine can see are wrong."""
        super().clean()
        wrong: Any = faults(self, timezone.now())
        if wrong:
            raise ValidationError(wrong)
