"""The forms of a picture: words and rights, with a file for a new one, with a focal point for one
that is there."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..models import Image
from ..models.image import Known
from ..renditions import BadPicture
from .image_cards import image_url
from .image_merge import FOCUS, WORDS, base_of, merged, read_base
from .image_suggestions import suggested
from .image_upload import FORMATS, read, told

STALE = "stale"


class PercentField(forms.FloatField):
    """A fraction 0–1 of the model, shown and typed as per cent with one decimal."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, step_size=0.1, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{round(value * 100, 1):g}" if isinstance(value, float) else value

    def clean(self, value: Any) -> float | None:
        percent: float | None = super().clean(value)
        return None if percent is None else round(percent / 100, 4)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(self.prepare_value(initial)), data)


class WordsForm(forms.ModelForm):
    """What readers must be told about a picture. `user` is set by the admin."""

    user: Any = None

    class Meta:
        model = Image
        fields = WORDS
        widgets = {
            "alt_text": forms.Textarea({"rows": 2}),
            "caption": forms.Textarea({"rows": 2}),
            "rights_expire_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "not_before": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"source_url": "Link to the source"}
        help_texts = {
            "licence": "Such as CC BY 4.0.",
            "rights_expire_on": "The last day on which readers may see it.",
            "not_before": "The first day on which readers may see it.",
        }

    def add_error(self, field: str | None, error: Any) -> None:
        """What the model says of a field that this form does not have stands above the others."""
        if field is None and hasattr(error, "error_dict"):
            for name, wrong in error.error_dict.items():
                super().add_error(name if name in self.fields else None, ValidationError(wrong))
        else:
            super().add_error(field, error)

    def clean_alt_text(self) -> str:
        return " ".join(self.cleaned_data["alt_text"].split())

    def clean_caption(self) -> str:
        return " ".join(self.cleaned_data["caption"].split())


class UploadForm(WordsForm):
    """With a file, for browsers without JavaScript. A valid form has stored the picture: what is
    wrong with a file is known only when it is decoded."""

    upload = forms.FileField(
        label="File",
        help_text=f"{FORMATS}, at most 20 MB.",
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )

    def _post_clean(self) -> None:
        upload = self.cleaned_data.get("upload")
        if upload:
            self.instance.original_name = upload.name[:200]
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self._ingest()

    def _ingest(self) -> None:
        upload = self.cleaned_data["upload"]
        words = {name: self.cleaned_data[name] for name in WORDS}
        try:
            self.instance = Image.objects.ingest(
                read(upload), name=upload.name, only_new=True, uploaded_by=self.user, **words
            )
        except Known as known:
            self.add_error("upload", ValidationError(_with_link(known)))
        except BadPicture as bad:
            self.add_error("upload", str(bad))
        except OSError as error:
            self.add_error("upload", told(error))


def _with_link(known: Known) -> SafeString:
    address, label = image_url(known.image), str(known.image)
    return format_html('{} <a href="{}">Open it: {}</a>', str(known), address, label)


class ImageForm(WordsForm):
    """`loaded` is the version that the form started from, `base` what it showed then. `theirs`:
    values that somebody else saved meanwhile and this form leaves alone; `conflicts`: names of
    the fields that both changed."""

    loaded = forms.IntegerField(required=False, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)
    focal_x = PercentField(label="From the left (%)")
    focal_y = PercentField(label="From the top (%)")

    class Meta(WordsForm.Meta):
        fields = (*FOCUS, *WORDS)  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.theirs: dict[str, Any] = {}
        self.conflicts: list[str] = []
        self.initial.update({"loaded": self.instance.version, "base": base_of(self.instance)})
        for name, words in suggested(self.instance).items():
            if name in self.fields:
                field = self.fields[name]
                field.help_text = format_html("{} {}", field.help_text, words)

    def clean(self) -> dict[str, Any]:
        """A form that was loaded before somebody else's save is merged with it; where both
        changed the same, it is refused, and the page shows both."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in set(FOCUS) - set(self.changed_data):
            data[name] = getattr(self.instance, name)  # not as it was rounded for the eye
        if data.get("loaded") != self.instance.version:
            self._merge(data)
        return data

    def _merge(self, data: dict[str, Any]) -> None:
        base = read_base(data.get("base", "")) if data.get("loaded") is not None else {}
        mine = {name: data[name] for name in (*WORDS, *FOCUS) if name in data}
        self.theirs, self.conflicts = merged(base, mine, self.instance)
        data |= self.theirs
        gone = {"loaded", "base", *self.theirs}
        self.changed_data = [name for name in self.changed_data if name not in gone]
        if self.conflicts or not base:
            raise ValidationError(
                "Somebody saved this picture after you opened it. Nothing is lost: compare them.",
                code=STALE,
            )

    @property
    def is_stale(self) -> bool:
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, STALE)
