"""Uploads to the library: one file a request, an answer in JSON."""

import errno
import logging
from typing import Any

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, path

from ..models import Image
from ..models.image import Known
from ..renditions import MAX_BYTES, BadPicture, Failed
from .image_cards import image_url
from .pictures import thumb_url

logger = logging.getLogger(__name__)
FORMATS = "JPEG, PNG, WebP or AVIF"
NOT_STORED = "The picture could not be written to the disk, so nothing of it is stored. Try again."
DISK_FULL = (
    "The disk is full, so nothing of the picture is stored. "
    "Tell whoever runs this site, and upload it again later."
)


def read(upload: UploadedFile) -> bytes:
    """The bytes of an upload; one more than allowed is enough to know that there are too many."""
    return bytes(upload.read(MAX_BYTES + 1))


def told(error: OSError) -> str:
    """A failure of the server in a sentence."""
    logger.error("An upload could not be stored: %s", error)
    if isinstance(error, Failed) and not is_full(error):
        return str(error.strerror)
    return DISK_FULL if is_full(error) else NOT_STORED


def is_full(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def as_json(image: Image) -> dict[str, Any]:
    """What the desk's scripts learn of a picture."""
    return {
        "id": image.pk, "label": str(image), "thumb": thumb_url(image),
        "width": image.width, "height": image.height,
        "url": image_url(image), "suggested": image.suggested,
    }  # fmt: skip


class UploadView(admin.ModelAdmin):
    """upload/ for ImageAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.upload_view)
        return [path("upload/", view, name="trends_image_upload"), *super().get_urls()]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """201 stored, 409 there is the same picture, 422 not a picture that the library takes,
        507 and 503 the disk failed; each but the first with a sentence as `error`."""
        if not self.has_add_permission(request):
            return _refused("You may not add pictures. Ask an administrator.", 403)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        upload = request.FILES.get("upload")
        if not isinstance(upload, UploadedFile):
            return _refused("No file has arrived. Choose a picture.", 422)
        try:
            return self._stored(request, upload)
        except Known as known:
            return JsonResponse({"error": str(known), "existing": as_json(known.image)}, status=409)
        except BadPicture as bad:
            return _refused(str(bad), 422)
        except OSError as error:
            return _refused(told(error), 507 if is_full(error) else 503)

    def _stored(self, request: HttpRequest, upload: UploadedFile) -> HttpResponse:
        image = Image.objects.ingest(
            read(upload), name=upload.name or "", only_new=True, uploaded_by=request.user
        )
        self.log_addition(request, image, [{"added": {}}])
        return JsonResponse(as_json(image), status=201)


def _refused(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status)
