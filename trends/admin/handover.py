"""Everything of an absent colleague goes to somebody else."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from ..models import Article, Assignment
from ..models.handing_over import hand_over
from ..models.names import name_of
from .access import may_all
from .people import PersonField, busy

RIGHTS = (
    "trends.view_article", "trends.change_article", "trends.change_assignment",
    "trends.change_all_articles",
)  # fmt: skip
SHOWN = 50  # titles of each kind; the counts say the rest


class HandoverForm(forms.Form):
    """Who gives and who takes. The giver may have left; the taker has not."""

    giver = PersonField(label="From", empty_label="Select who is away")
    taker = PersonField(label="To", empty_label="Select who takes over")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].queryset = busy()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("giver") and data.get("giver") == data.get("taker"):
            self.add_error("taker", "This is the same person. Select somebody else.")
        return data


class HandoverPage(admin.ModelAdmin):
    """handover/ for ArticleAdmin: first who, then what there is and the button."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.handover_view)
        return [path("handover/", view, name="trends_article_handover"), *super().get_urls()]

    def handover_view(self, request: HttpRequest) -> HttpResponse:
        if not may_all(request.user, *RIGHTS):
            raise PermissionDenied
        if request.method != "POST":
            return self._handover(request, HandoverForm(initial=request.GET.dict()))
        form = HandoverForm(request.POST)
        if not form.is_valid():
            return self._handover(request, form)
        giver, taker = form.cleaned_data["giver"], form.cleaned_data["taker"]
        _tell(request, giver, taker, *hand_over(giver, taker, by=request.user))
        return HttpResponseRedirect(reverse("admin:trends_article_queue") + f"?who={taker.pk}")

    def _handover(self, request: HttpRequest, form: HandoverForm) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Hand over", "form": form, "opts": self.opts, "has": _has(form),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/article/handover.html", context)


def _has(form: HandoverForm) -> dict[str, Any] | None:
    """What the chosen person has, with the first titles. None until one is chosen."""
    giver = form["giver"].value()
    try:
        user = form.fields["giver"].clean(giver) if giver else None
    except forms.ValidationError:
        return None
    if user is None:
        return None
    now = timezone.now()
    owed = Assignment.objects.open().of(user).select_related("article")
    pieces = Article.objects.looked_after_by(user)
    unfinished = pieces.unfinished(now).order_by("-updated_at")
    count, unfinished_count = pieces.count(), unfinished.count()
    return {
        "pk": str(user.pk), "name": name_of(user),
        "owed": list(owed[:SHOWN]), "owed_count": owed.count(),
        "unfinished": list(unfinished.only("title")[:SHOWN]),
        "unfinished_count": unfinished_count,
        "count": count, "others": count - unfinished_count,
    }  # fmt: skip


def _tell(request: HttpRequest, giver: Any, taker: Any, assignments: int, pieces: int) -> None:
    if not assignments + pieces:
        messages.info(request, f"{name_of(giver)} had nothing to hand over.")
        return
    said = f"{name_of(taker)} now has {_counted(assignments, 'open assignment')} and "
    said += f"{_counted(pieces, 'piece')} that were {name_of(giver)}'s."
    messages.success(request, said)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
