"""The bulk action "Assign author…": one author for many pieces, and for live ones the byline
published at once."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from ..models import Article, Author, Byline, Refused, Status
from ..models.fields import new_key
from ..snapshot import Row, public

REPLACE, ADD = "replace", "add"


class AssignForm(forms.Form):
    author = forms.ModelChoiceField(Author.objects.all())
    role = forms.CharField(
        required=False,
        max_length=60,
        help_text="“Reporting”, “Data” … or empty.",
        widget=forms.TextInput({"class": "vTextField"}),
    )
    how = forms.ChoiceField(
        label="Byline",
        choices=[(REPLACE, "This author alone"), (ADD, "Add this author to those there are")],
        initial=REPLACE,
        widget=forms.RadioSelect,
    )
    publish = forms.BooleanField(
        label="Publish the bylines at once",
        required=False,
        initial=True,
        help_text="Readers of live pieces get the new byline and nothing else that is unpublished.",
    )

    def __init__(self, *args: Any, site: admin.AdminSite, live: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        select = AutocompleteSelect(Byline._meta.get_field("author"), site)
        select.choices = self.fields["author"].widget.choices
        self.fields["author"].widget = select
        if not live:
            del self.fields["publish"]


@dataclass
class Outcome:
    """What became of the pieces; `refused` holds a sentence for each byline not published."""

    assigned: int = 0
    published: int = 0
    refused: list[str] = field(default_factory=list)


def assign_author(
    articles: Any, author: Author, *, by: Any, role: str = "", add: bool = False, publish: bool
) -> Outcome:
    """Set one author for each piece, under its lock; a piece whose byline can't be published
    keeps the new byline in its working copy."""
    outcome = Outcome()
    for article in articles:
        with transaction.atomic():
            article.lock()
            article.apply(_with_author(article, author, role, add), sections=["author"])
            outcome.assigned += article.record_revision(by=by) is not None
        if publish and _is_news(article):
            _publish_byline(article, by, outcome)
    return outcome


def _is_news(article: Article) -> bool:
    """Readers of a live piece see another byline."""
    edition = article.editions.live(timezone.now()).first()
    return edition is not None and edition.content["author"] != public(article.snapshot())["author"]


def _with_author(article: Article, author: Author, role: str, add: bool) -> dict[str, Any]:
    snapshot = article.snapshot()
    rows: list[Row] = snapshot["author"]["rows"]
    theirs = [row for row in rows if row["author"] == author.pk]
    row = (theirs or [{"key": new_key(), "author": author.pk, "role": role}])[0]
    if not add:
        rows = [row | {"role": role}]
    elif not theirs:
        rows = [*rows, row]
    snapshot["author"]["rows"] = rows
    return snapshot


def _publish_byline(article: Article, by: Any, outcome: Outcome) -> None:
    try:
        article.publish(by=by, sections=["author"])
    except Refused as refused:
        outcome.refused.append(f"{article.title}: {refused}")
    else:
        outcome.published += 1


class AssignAction(admin.ModelAdmin):
    """The action and its page in between, for ArticleAdmin."""

    def has_assign_author_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("trends.assign_author")

    @admin.action(description="Assign author…", permissions=["assign_author"])
    def assign_author(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        # Plain rows: what the list has worked out about them may be old by now.
        articles = list(Article.objects.on_desk().filter(pk__in=queryset.order_by().values("pk")))
        live = sum(article.status() == Status.LIVE for article in articles)
        data = request.POST if "_assign" in request.POST else None
        form = AssignForm(data, site=self.admin_site, live=live)
        if not form.is_valid():
            return self._ask(request, form, articles, live)
        given = form.cleaned_data
        outcome = assign_author(
            articles, given["author"], by=request.user, role=given["role"],
            add=given["how"] == ADD, publish=given.get("publish", False),
        )  # fmt: skip
        self._tell(request, given["author"], outcome)
        return None

    def _ask(
        self, request: HttpRequest, form: AssignForm, articles: list[Article], live: int
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": "Assign author", "form": form, "articles": articles, "live": live,
            "opts": self.opts, "media": self.media + form.media,
            "checkbox": ACTION_CHECKBOX_NAME, "now": timezone.now(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/article/assign.html", context)

    def _tell(self, request: HttpRequest, author: Author, outcome: Outcome) -> None:
        said = f"{author} is now author of {_pieces(outcome.assigned)}."
        if not outcome.assigned:
            said = f"{author} was the author already."
        if outcome.published:
            said += f" {_pieces(outcome.published)}: the byline is public."
        messages.success(request, said)
        for sentence in outcome.refused:
            messages.warning(request, f"Not published. {sentence}")


def _pieces(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"
