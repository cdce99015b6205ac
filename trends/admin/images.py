"""Pictures: the library of the desk."""

from django.contrib import admin

from ..models import Image
from .choosing import Choosing
from .image_bulk import BulkEdit
from .image_deletion import ImageDeletion
from .image_list import LibraryList
from .image_page import ImagePage
from .image_saving import ImageSaving
from .image_upload import UploadView
from .pictures import DeskView


@admin.register(Image)
class ImageAdmin(
    ImagePage, ImageSaving, ImageDeletion, BulkEdit, LibraryList, UploadView, Choosing, DeskView,
    admin.ModelAdmin,
):  # fmt: skip
    actions = ["edit_rights", "delete_selected"]
