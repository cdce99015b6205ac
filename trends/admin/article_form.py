"""The form of a piece: its fields, and what is checked before anything is saved."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from ..models import Article
from ..models.making import free_slug
from .parts import CAN_BE_NOT_NEEDED, reason_field
from .times import MomentField

STALE = "stale"


def _reason(section: str) -> forms.CharField:
    return forms.CharField(
        label="Not needed, because",
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "reason", "data-section": section}),
    )


class ArticleForm(forms.ModelForm):
    """`user` is set by the admin. `loaded` is the version that the form started from, `base`
    the number of the revision that it showed."""

    user: Any = None

    loaded = forms.IntegerField(required=False, widget=forms.HiddenInput)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    embargo = MomentField(label="Embargoed until", required=False)
    legal_cleared = forms.BooleanField(
        required=False, help_text="Legal review is done; your name goes with it."
    )
    not_needed_lede = _reason("lede")
    not_needed_context = _reason("context")
    not_needed_evidence = _reason("evidence")
    not_needed_analysis = _reason("analysis")
    not_needed_key_points = _reason("key_points")
    not_needed_actions = _reason("actions")
    not_needed_author = _reason("author")
    not_needed_related = _reason("related")

    class Meta:
        model = Article
        fields = ("title",)  # the admin names the others, from parts.py
        widgets = {
            "standfirst": AdminTextareaWidget({"rows": 3}),
            "disclosure": AdminTextareaWidget({"rows": 2}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text += " Empty: made from the title."
        if self.instance.pk:
            self.initial.update(self._saved())
        self._disable()

    def _saved(self) -> dict[str, Any]:
        """What the declared fields show of the saved piece."""
        article, last = self.instance, self.instance.latest_revision
        reasons = {reason_field(name): r for name, r in article.not_needed.items()}
        return reasons | {
            "loaded": article.version,
            "base": last.number if last else None,
            "embargo": article.embargoed_until,
            "legal_cleared": article.legal_cleared_at is not None,
        }

    def _disable(self) -> None:
        """Whoever may approve a piece may also say that the lawyers are done with it."""
        if self.user and not self.user.has_perm("trends.approve_article"):
            self.fields["legal_cleared"].disabled = True
            if self.instance.legal_review_required and "legal_review_required" in self.fields:
                self.fields["legal_review_required"].disabled = True

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or (
            self.instance.slug or free_slug(self.cleaned_data.get("title", ""))
        )

    def clean(self) -> dict[str, Any]:
        """A form that was loaded before somebody else's save is refused; the admin shows both."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for section in CAN_BE_NOT_NEEDED:
            self.instance.mark_not_needed(section, data.get(reason_field(section), ""))
        if self.instance.pk and data.get("loaded") != self.instance.version:
            raise ValidationError(
                "Somebody saved this piece after you opened it. Nothing is lost: compare them.",
                code=STALE,
            )
        return data

    @property
    def is_stale(self) -> bool:
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, STALE)
