"""Name a revision; bring one back, or some of its sections."""

from collections.abc import Iterable
from typing import cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from ..models import Article, Revision, Stage
from ..snapshot import LABELS, SECTIONS, upgrade
from .access import changed_article
from .bar import article_url
from .times import zone_line
from .words import differences

LONGEST = Revision._meta.get_field("name").max_length or 0
NEWER = (
    "Nothing is restored: somebody saved this piece meanwhile. Look at what would change now, "
    "then decide again."
)
NONE_CHOSEN = "Nothing is restored: no section is selected. Select what shall come back."
UNDO = '{} is as it was in revision {}. <a href="{}">Undo: back to revision {}…</a>'


class VersionPages(admin.ModelAdmin):
    """<id>/revisions/<number>/name/ and …/restore/ for ArticleAdmin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        pages = [
            path(f"<int:object_id>/revisions/<int:number>/{name}/", view(page),
                 name=f"trends_article_revision_{name}")
            for name, page in (("name", self.name_view), ("restore", self.restore_view))
        ]  # fmt: skip
        return pages + super().get_urls()

    def name_view(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        article = changed_article(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        revision = _revision(article, number)
        name = " ".join(request.POST.get("name", "").split())
        if len(name) > LONGEST:
            said = f"Not named: a name has at most {LONGEST} characters. Shorten “{name}”."
            messages.error(request, said)
        else:
            revision.rename(name)
            said = f"is called “{name}” now" if name else "has no name any more"
            messages.success(request, f"Revision {number} {said}.")
        return HttpResponseRedirect(f"{article_url(article, 'history')}#revision-{number}")

    def restore_view(self, request: HttpRequest, object_id: int, number: int) -> HttpResponse:
        article = changed_article(request, object_id)
        revision = _revision(article, number)
        if request.method != "POST":
            return self._ask(request, article, revision, request.GET.getlist("section"))
        chosen = [name for name in SECTIONS if name in request.POST.getlist("section")]
        if not chosen:
            return self._ask(request, article, revision, refused=NONE_CHOSEN, status=422)
        with transaction.atomic():
            article.lock()
            if request.POST.get("version") != str(article.version):
                return self._ask(request, article, revision, chosen, refused=NEWER, status=409)
            before = article.latest_revision
            lost = article.restore(revision, by=cast(User, request.user), sections=chosen)
        _tell(request, article, revision, before, chosen, lost)
        return HttpResponseRedirect(_change(article, before))

    def _ask(
        self, request: HttpRequest, article: Article, revision: Revision,
        chosen: Iterable[str] = (), *, refused: str = "", status: int = 200,
    ) -> HttpResponse:  # fmt: skip
        """What it would change, section by section; all of them are ticked unless some are
        asked for."""
        found = differences(article.snapshot(), upgrade(revision.content))
        wanted = set(chosen) or {words.name for words in found}
        context = self.admin_site.each_context(request) | {
            "title": f"Restore revision {revision.number}: {article.title}",
            "article": article, "revision": revision, "refused": refused, "opts": self.opts,
            "sections": [(words, words.name in wanted) for words in found],
            "is_approved": article.stage == Stage.APPROVED, "zone": zone_line(),
            "back": article_url(article), "history": article_url(article, "history"),
        }  # fmt: skip
        template = "admin/trends/article/restore.html"
        return TemplateResponse(request, template, context, status=status)


def _revision(article: Article, number: int) -> Revision:
    found = article.revisions.filter(number=number).select_related("created_by").first()
    if found is None:
        raise Http404("This piece has no such revision.")
    return found


def _tell(
    request: HttpRequest, article: Article, revision: Revision, before: Revision | None,
    chosen: list[str], lost: list[str],
) -> None:  # fmt: skip
    what = "All of it" if len(chosen) == len(SECTIONS) else ", ".join(LABELS[n] for n in chosen)
    if before == article.latest_revision or before is None:
        messages.info(request, f"{what}: the piece says that already. Nothing is changed.")
    else:
        undo = restore_url(article, before.number)
        messages.success(request, format_html(UNDO, what, revision.number, undo, before.number))
    for sentence in lost:
        messages.warning(request, sentence)


def restore_url(article: Article, number: int) -> str:
    return reverse("admin:trends_article_revision_restore", args=[article.pk, number])


def _change(article: Article, before: Revision | None) -> str:
    """The history, with what the restoring changed."""
    last, page = article.latest_revision, article_url(article, "history")
    if before is None or last is None or last == before:
        return page
    return f"{page}?from={before.number}&to={last.number}"
