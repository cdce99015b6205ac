"""The rows of a piece as parts of its form."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from ..models import Action, Article, Byline, Evidence, KeyPoint, RelatedLink
from .known import KnownChoices, ReferenceForm
from .no_script import WithoutScript, blank_rows
from .related_form import RelatedLinkForm
from .rows import BylineFormSet, EvidenceFormSet, RowFormSet
from .widgets import LinesField, without_side_doors


class RowInline(WithoutScript, KnownChoices, admin.StackedInline):
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
    # What is seen at once, what a row is about, and what is folded.
    fieldsets = [
        (None, {"classes": ["row-verdict"], "fields": [("verdict", "independence")]}),
        (None, {"fields": ["claim", ("source_title", "publisher"), "url", "excerpt"]}),
        (
            "More about the source",
            {
                "classes": ["collapse"],
                "fields": [
                    ("kind", "stance", "disclosure"),
                    ("dated_on", "locator"),
                    ("speaker", "speaker_role"),
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
    form = ReferenceForm
    formset = BylineFormSet
    verbose_name = "author"
    fields = [("author", "role")]
    autocomplete_fields = ["author"]


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
            if blank_rows(request):  # a list of all pieces would be too long
                kwargs["widget"] = forms.NumberInput({"min": 1})
                kwargs["help_text"] = "Its number: the one in its address on the desk."
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def targets(request: HttpRequest) -> models.QuerySet[Article]:
    """Pieces that the user may link to, and those that an editor linked this piece to."""
    linkable = Article.objects.linkable_by(request.user, timezone.now()).values("pk")
    match = request.resolver_match
    here = str(match.kwargs.get("object_id", "")) if match else ""
    linked = RelatedLink.objects.filter(article=int(here) if here.isdecimal() else None)
    return Article.objects.filter(Q(pk__in=linkable) | Q(pk__in=linked.values("target")))


INLINES: list[type[InlineModelAdmin]] = [
    EvidenceInline, KeyPointInline, ActionInline, BylineInline, RelatedLinkInline,
]  # fmt: skip
