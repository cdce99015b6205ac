"""Pictures: uploaded once, with what readers must be told about them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import renditions
from ..models import Image

FIELDS = (
    "alt_text", "decorative", "caption", "credit", "source_url", "licence", "rights_expire_on",
    "not_before", "ai_use", "focal_x", "focal_y",
)  # fmt: skip
FORMATS = "JPEG, PNG, WebP or AVIF"


class ImageForm(forms.ModelForm):
    """The words and rights of a picture that is in the library."""

    class Meta:
        model = Image
        fields = FIELDS


class UploadForm(ImageForm):
    """The same with a file. A valid form has stored the picture: what is wrong with a file is
    known only when it is decoded."""

    user: Any = None
    upload = forms.FileField(label="Picture", help_text=f"{FORMATS}, at most 20 MB.")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self._ingest()

    def _ingest(self) -> None:
        upload = self.cleaned_data["upload"]
        words = {name: self.cleaned_data[name] for name in FIELDS}
        try:
            self.instance = Image.objects.ingest(
                upload.read(), name=upload.name, uploaded_by=self.user, **words
            )
        except renditions.BadPicture as bad:
            self.add_error("upload", str(bad))


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    list_display = ["thumbnail", "__str__", "credit", "rights_expire_on", "uploaded_at"]
    list_display_links = ["thumbnail", "__str__"]
    search_fields = ["alt_text", "caption", "credit", "original_name"]
    show_full_result_count = False
    readonly_fields = ["picture"]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["form"] = ImageForm if obj else UploadForm
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        first = "picture" if obj else "upload"
        return [
            first, "alt_text", "decorative", "caption", "credit", "source_url", "licence",
            ("rights_expire_on", "not_before"), "ai_use", ("focal_x", "focal_y"),
        ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["picture"] if obj else []

    def save_model(self, request: Any, obj: Image, form: Any, change: bool) -> None:
        if not change:
            return  # UploadForm has stored it
        obj.save()
        if {"focal_x", "focal_y"} & set(form.changed_data):
            obj.move_focus(x=obj.focal_x, y=obj.focal_y)

    @admin.display(description="picture")
    def thumbnail(self, image: Image) -> str | SafeString:
        return shown(image, "thumbnail", widest=400)

    @admin.display(description="picture")
    def picture(self, image: Image) -> str | SafeString:
        return shown(image, "shown", widest=1000)


def shown(image: Image, css_class: str, *, widest: int) -> str | SafeString:
    """The largest rendition that is not too wide, as an <img>."""
    made = [entry for entries in image.renditions.values() if isinstance(entries, list)
            for entry in entries if entry["format"] in ("jpg", "jpeg", "png", "webp")]  # fmt: skip
    fitting = [entry for entry in made if entry["width"] <= widest] or made
    if not fitting:
        return "–"
    entry = max(fitting, key=lambda entry: (entry["width"], entry["height"]))
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        css_class, default_storage.url(entry["name"]), entry["width"], entry["height"],
    )  # fmt: skip
