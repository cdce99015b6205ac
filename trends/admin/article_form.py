"""The form of a piece: its fields, and what is checked before anything is saved."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from ..merge import Conflict
from ..models import Article
from ..models.fields import new_key
from ..models.making import free_slug
from .assignment_fields import AssignmentFields
from .besides import merge_besides
from .known import ReferenceForm, know_chosen, know_rows
from .merged_post import FORM_KEY, RESTORED, Arrival
from .parts import CAN_BE_NOT_NEEDED, reason_field
from .rows import QuietField
from .times import MomentField

STALE = "stale"
# Not content, so they make no revision, and yet nobody may overwrite them unseen.
BESIDES_CONTENT = ("slug", "embargo", "legal_review_required", "legal_cleared", "review_by")

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _reason(section: str) -> forms.CharField:
    return forms.CharField(
        label="Not needed, because",
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "reason", "data-section": section}),
    )


class ArticleForm(ReferenceForm, AssignmentFields):
    """`user` and `arrival` are set by the admin. `loaded` is the version that the form started
    from, `base` the number of the revision that it showed, `form_key` names the form of a new
    piece, so that sent twice it makes one (merged_post.py)."""

    user: Any = None
    arrival: Arrival | None = None

    loaded = QuietField()
    base = QuietField()
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
            "review_by": DAY,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text += " Empty: made from the title."
        self.conflicts = list[Conflict]()
        if self.instance.pk:
            self.initial.update(self._saved())
        elif "title" in self.fields:
            self.fields[FORM_KEY] = QuietField()  # the model's own is not for people to edit
            self.initial[FORM_KEY] = new_key()
        self._disable()
        know_rows(self)
        for name in set(BESIDES_CONTENT) & set(self.fields) if self.instance.pk else ():
            self.fields[name].show_hidden_initial = True
        if self.arrival and self.is_bound:
            late = self.arrival.late
            self.conflicts = merge_besides(self, self.arrival.choices, late=late)

    def _saved(self) -> dict[str, Any]:
        """What the declared fields show of the saved piece."""
        article, number = self.instance, None
        if not self.is_bound:
            number = article.revisions.values_list("number", flat=True).first()
        reasons = {reason_field(name): r for name, r in article.not_needed.items()}
        return reasons | {
            "loaded": article.version,
            "base": number,
            "embargo": article.embargoed_until,
            "legal_cleared": article.legal_cleared_at is not None,
        }

    def _disable(self) -> None:
        """Whoever may approve a piece may also say that the lawyers are done with it."""
        if self.user and not self.user.has_perm("trends.approve_article"):
            self.fields["legal_cleared"].disabled = True
            if self.instance.legal_review_required and "legal_review_required" in self.fields:
                self.fields["legal_review_required"].disabled = True

    def full_clean(self) -> None:
        if self.is_bound:
            know_chosen([self])
        super().full_clean()

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"] or self.instance.slug
        if not slug:
            return free_slug(self.cleaned_data.get("title", ""))
        if slug != self.instance.slug:
            self.instance.check_slug(slug)
        return slug

    def _get_validation_exclusions(self) -> set[str]:
        """A slug that nobody typed was checked when it was saved or made: no query checks it
        again."""
        excluded = super()._get_validation_exclusions()
        return excluded if "slug" in self.changed_data else excluded | {"slug"}

    def clean(self) -> dict[str, Any]:
        """Nothing is saved while there is something to decide or to look at first; the page
        says what (page.py)."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for section in CAN_BE_NOT_NEEDED:
            self.instance.mark_not_needed(section, data.get(reason_field(section), ""))
        if self.conflicts or (self.arrival and self.arrival.conflicts):
            raise ValidationError("You both changed the same. Choose below.", code=STALE)
        if RESTORED in self.data:
            raise ValidationError("This is not saved yet.", code=RESTORED)
        return data

    @property
    def is_stale(self) -> bool:
        """There is something to decide."""
        return self.is_bound and self.has_error(NON_FIELD_ERRORS, STALE)

    @property
    def is_restored(self) -> bool:
        """It shows what was kept, for somebody to look at."""
        return self.is_bound and RESTORED in self.data
