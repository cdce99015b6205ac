"""Site health: what readiness finds in the texts that readers get, by rule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from ..models import Article, Assignment
from ..models.health import check_live
from ..models.names import name_of
from ..readiness import RULES, Issue, Level, Rule
from ..snapshot import CAN_BE_PENDING, LABELS
from .access import may_all
from .bar import article_url
from .merging import pieces_in_words
from .outlook import place_of
from .people import PersonField

NEWEST = 500  # live pieces checked in one request, at some ms each; `manage.py doctor` checks all
SHOWN = 100  # pieces of a rule on its page
RIGHTS = ("trends.view_article", "trends.change_all_articles")
MANAGE = "trends.change_assignment"


@dataclass(frozen=True, slots=True)
class Place:
    """A piece with the fault, each time with its sentence and the address of the field."""

    article: Article
    issues: list[tuple[Issue, str]]


@dataclass(slots=True)
class Finding:
    """A rule and how many pieces it finds something in; `places` only for the rule asked for."""

    code: str
    level: Level
    section: str
    count: int = 0
    places: list[Place] = field(default_factory=list)

    @property
    def rule(self) -> Rule:
        return RULES[self.code]

    @property
    def can_be_assigned(self) -> bool:
        return self.section in CAN_BE_PENDING


def findings(asked: str = "") -> tuple[int, list[Finding]]:
    """How many pieces were checked, and the rules, what blocks and is frequent first."""
    checked, found = 0, dict[str, Finding]()
    levels = settings.NEWSROOM_READINESS_LEVELS
    for one in check_live(timezone.now(), levels, newest=NEWEST):
        checked += 1
        for code in Counter(issue.code for issue in one.issues):
            issues = [issue for issue in one.issues if issue.code == code]
            row = found.setdefault(code, Finding(code, issues[0].level, issues[0].section))
            row.count += 1
            if code == asked and len(row.places) < SHOWN:
                row.places.append(_place(one.article, issues))
    order = sorted(found.values(), key=lambda row: (row.level != Level.BLOCK, -row.count, row.code))
    return checked, order


def _place(article: Article, issues: Iterable[Issue]) -> Place:
    url = article_url(article)
    return Place(article, [(issue, f"{url}{place_of(issue)}") for issue in issues])


class OwedForm(forms.Form):
    """Who fills the section of the pieces chosen."""

    owner = PersonField(label="Who", empty_label="Select somebody")
    due_on = forms.DateField(
        label="Due on",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no date. Enter one like 2031-05-02."},
    )
    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [place.article.pk for place in places]
        self.fields["chosen"].choices = [(pk, pk) for pk in pks]  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        # The boxes carry the name that the actions of the list expect.
        return ACTION_CHECKBOX_NAME if field_name == "chosen" else super().add_prefix(field_name)

    def clean_chosen(self) -> Any:
        if not self.cleaned_data["chosen"]:
            raise forms.ValidationError("Nothing is selected. Tick the pieces that you mean.")
        return self.cleaned_data["chosen"]

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError("This day is over. Enter today or a later day.")
        return due_on


class HealthPage(admin.ModelAdmin):
    """health/ for ArticleAdmin; ?rule=… shows the pieces of a rule."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.health_view)
        return [path("health/", view, name="trends_article_health"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def health_view(self, request: HttpRequest) -> HttpResponse:
        needed = (*RIGHTS, MANAGE) if request.method == "POST" else RIGHTS
        if not may_all(request.user, *needed):
            raise PermissionDenied
        asked = request.GET.get("rule", "")
        checked, found = findings(asked)
        row = next((row for row in found if row.code == asked), None)
        if row is None:
            return self._health(request, asked, checked, found)
        form = OwedForm(request.POST if request.method == "POST" else None, places=row.places)
        if not (form.is_bound and row.can_be_assigned and form.is_valid()):
            return self._health_rule(request, row, form)
        self._owe_section(request, row, form.cleaned_data)
        return HttpResponseRedirect(f"{reverse('admin:trends_article_health')}?rule={row.code}")

    def _owe_section(self, request: HttpRequest, row: Finding, given: dict[str, Any]) -> None:
        now = timezone.now()
        fields = {name: given[name] for name in ("owner", "due_on") if given[name]}
        for article in Article.objects.on_desk().filter(pk__in=given["chosen"]).order_by("pk"):
            Assignment.objects.put(article, row.section, by=request.user, now=now, **fields)
        day = f", due on {given['due_on']:%Y-%m-%d}" if given["due_on"] else ""
        what = f"{LABELS[row.section]} of {pieces_in_words(len(given['chosen']))}"
        messages.success(request, f"{name_of(given['owner'])} has {what} to do{day}.")

    def _health(
        self, request: HttpRequest, asked: str, checked: int, found: list[Finding]
    ) -> HttpResponse:
        healed = RULES[asked].about if asked in RULES else ""
        return self._health_page(
            request,
            "health",
            title="Site health",
            checked=checked,
            found=found,
            healed=healed,
            newest=NEWEST,
            is_all=checked < NEWEST,
        )

    def _health_rule(self, request: HttpRequest, row: Finding, form: OwedForm) -> HttpResponse:
        return self._health_page(
            request,
            "health_rule",
            title=row.rule.about,
            row=row,
            form=form,
            checkbox=ACTION_CHECKBOX_NAME,
            chosen=_chosen(form),
            may_assign=row.can_be_assigned and request.user.has_perm(MANAGE),
            may_credit=row.section == "author" and request.user.has_perm("trends.assign_author"),
        )

    def _health_page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"opts": self.opts} | context
        return TemplateResponse(request, f"admin/trends/article/{name}.html", context)


def _chosen(form: OwedForm) -> set[str]:
    """Boxes that were ticked stay so."""
    return {str(value) for value in form["chosen"].value() or ()}
