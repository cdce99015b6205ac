"""The bulk action "Assign author…": one author for many pieces, and for live ones the byline
published at once."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from ..models import Article, Author, Refused, Status
from ..models.fields import new_key
from ..snapshot import Row, public
from .assign_form import ADD, AssignForm


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
    """Readers of a piece that is live, or in a moment, see another byline."""
    standing = article.standing()
    edition = standing.undoable or standing.live
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
    """The byline alone, at once. What waits out its grace begins before; what is scheduled for
    later gets the byline too."""
    try:
        article.publish(by=by, sections=["author"], plans="carry")
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
        if "_assign" not in request.POST:
            return self.ask_for_author(request, queryset)
        form = AssignForm(request.POST, site=self.admin_site, may_add=_may_add(request))
        if not form.is_valid():
            return self.ask_for_author(request, queryset, form=form)
        # Plain rows: what the list has worked out about them may be old by now.
        articles = Article.objects.on_desk().filter(pk__in=queryset.order_by().values("pk"))
        author, given = form.chosen(), form.cleaned_data
        outcome = assign_author(
            articles.order_by("pk"), author, by=request.user, role=given["role"],
            add=given["how"] == ADD, publish=given.get("publish", False),
        )  # fmt: skip
        self._tell(request, author, outcome)
        back = request.POST.get("back", "")
        return HttpResponseRedirect(back) if _is_queue(back) else None

    def ask_for_author(
        self, request: HttpRequest, queryset: Any, *, form: Any = None, back: str = ""
    ) -> HttpResponse:
        """The page in between. `back`: the part of the queue to return to; else the list."""
        now = timezone.now()
        rows = Article.objects.on_desk().filter(pk__in=queryset.order_by().values("pk"))
        articles = list(rows.with_status(now).prefetch_related("bylines__author").only("title"))
        back = back or request.POST.get("back", "")
        context = self.admin_site.each_context(request) | {
            "title": "Assign author", "articles": articles, "opts": self.opts,
            "form": form or AssignForm(site=self.admin_site, may_add=_may_add(request)),
            "live": [a.pk for a in articles if a.status(now) == Status.LIVE],
            "without": sum(not article.bylines.all() for article in articles),
            "checkbox": ACTION_CHECKBOX_NAME, "now": now, "from_queue": _is_queue(back),
            "back": back if _is_queue(back) else "",
        }  # fmt: skip
        form = context["form"]
        if not context["live"]:
            del form.fields["publish"]
        context["media"] = self.media + form.media
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


def _may_add(request: HttpRequest) -> bool:
    return request.user.has_perm("trends.add_author")


def _is_queue(address: str) -> bool:
    """A part of the queue, and not an address of some other site."""
    return address.split("?")[0] == reverse("admin:trends_article_queue")


def _pieces(count: int) -> str:
    return "1 piece" if count == 1 else f"{count} pieces"
