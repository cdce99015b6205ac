"""The rows of a piece as parts of its form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from ..models import Action, Article, Assignment, Byline, Evidence, KeyPoint, RelatedLink
from .rows import BylineFormSet, EvidenceFormSet, RowFormSet
from .widgets import LinesField, without_side_doors


class RowInline(admin.StackedInline):
    """Rows with a key and an order; the form's own template draws them."""

    formset = RowFormSet
    extra = 0
    template = "admin/trends/article/rows.html"
    formfield_overrides = {
        models.TextField: {
            "form_class": LinesField,
            "widget": AdminTextareaWidget({"rows": 3}),
        },
    }

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return without_side_doors(field, may_add=db_field.name != "target")


class EvidenceInline(RowInline):
    model = Evidence
    formset = EvidenceFormSet
    verbose_name = "piece of evidence"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "claim",
                    "excerpt",
                    ("source_title", "publisher"),
                    "url",
                    ("kind", "verdict", "disclosure"),
                ]
            },
        ),
        (
            "More about the source",
            {
                "classes": ["collapse"],
                "fields": [
                    ("dated_on", "locator"),
                    ("speaker", "speaker_role"),
                    ("stance", "independence"),
                    "archive_url",
                    "private_note",
                ],
            },
        ),
    ]


class KeyPointInline(RowInline):
    model = KeyPoint
    fields = ["text"]


class ActionInline(RowInline):
    model = Action
    fields = ["text", ("audience", "timing", "review_on")]


class BylineInline(RowInline):
    model = Byline
    formset = BylineFormSet
    verbose_name = "author"
    fields = [("author", "role")]
    autocomplete_fields = ["author"]


class RelatedLinkForm(forms.ModelForm):
    def clean_target(self) -> Article | None:
        """Django does not ask the database's own rule here, since it names the parent."""
        target: Article | None = self.cleaned_data["target"]
        if target and target.pk == self.instance.article_id:
            raise ValidationError("A piece can't link to itself. Select another trend.")
        return target


class RelatedLinkInline(RowInline):
    model = RelatedLink
    form = RelatedLinkForm
    fk_name = "article"
    verbose_name = "Also Read link"
    fields = ["target", ("url", "label")]
    autocomplete_fields = ["target"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "target":
            kwargs["queryset"] = targets(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def targets(request: HttpRequest) -> models.QuerySet[Article]:
    """Pieces that the user may link to, and those that an editor linked this piece to."""
    linkable = Article.objects.linkable_by(request.user, timezone.now()).values("pk")
    match = request.resolver_match
    here = str(match.kwargs.get("object_id", "")) if match else ""
    linked = RelatedLink.objects.filter(article=int(here) if here.isdecimal() else None)
    return Article.objects.filter(Q(pk__in=linkable) | Q(pk__in=linked.values("target")))


class AssignmentInline(admin.StackedInline):
    """Who owes a section. Not content: it makes no revision and stops nobody's save."""

    model = Assignment
    extra = 0
    template = "admin/trends/article/rows.html"
    fields = [("section", "owner", "due_on")]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # Editors may not look at accounts, so there is no autocomplete; a desk is not that large.
        if db_field.name == "owner":
            staff = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
            kwargs["queryset"] = staff.order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


INLINES: list[type[InlineModelAdmin]] = [
    EvidenceInline, KeyPointInline, ActionInline, BylineInline, RelatedLinkInline, AssignmentInline,
]  # fmt: skip
