"""Evidence was withdrawn here: which other pieces rest on the same source?"""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from ..models import Article, Evidence, Note, Status
from ..richtext import cited
from ..snapshot import PROSE
from .access import changed_article
from .bar import article_url
from .rows import EvidenceFormSet

Verdict = Evidence.Verdict
SETTLED = (Verdict.DISPUTED, Verdict.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Rests:
    """Evidence of another piece with the same source."""

    evidence: Evidence
    article: Article
    status: Status
    is_cited: bool
    is_flagged: bool
    may_dispute: bool


class WithdrawnPage(admin.ModelAdmin):
    """<id>/withdrawn/<key>/ for ArticleAdmin, and the message that leads there."""

    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:object_id>/withdrawn/<slug:key>/",
            self.admin_site.admin_view(self.withdrawn_view),
            name="trends_article_withdrawn",
        )
        return [page, *super().get_urls()]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: list[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if isinstance(formset, EvidenceFormSet):
                for row in formset.kept_forms:
                    _tell(request, row)

    def withdrawn_view(self, request: HttpRequest, object_id: int, key: str) -> HttpResponse:
        article = changed_article(request, object_id)
        evidence = article.evidence.filter(key=key).first()
        if evidence is None:
            raise Http404("There is no such evidence in this piece any more.")
        if evidence.verdict != Verdict.WITHDRAWN:
            messages.info(request, f"E{evidence.number} is not withdrawn.")
            return HttpResponseRedirect(article_url(article))
        others, hidden = resting_on(evidence, request.user)
        if request.method == "POST" and _flag(request, evidence, others):
            return HttpResponseRedirect(article_url(article))
        context = self.admin_site.each_context(request) | {
            "title": f"Withdrawn: E{evidence.number} of {article.title}", "article": article,
            "evidence": evidence, "others": others, "hidden": hidden, "opts": self.opts,
            "back": article_url(article), "withdrawn": Verdict.WITHDRAWN,
        }  # fmt: skip
        return TemplateResponse(request, "admin/trends/article/withdrawn.html", context)


def withdrawn_url(evidence: Evidence) -> str:
    return reverse("admin:trends_article_withdrawn", args=[evidence.article_id, evidence.key])


def _tell(request: HttpRequest, row: BaseForm) -> None:
    evidence: Evidence = row.instance  # type: ignore[attr-defined]
    if "verdict" not in row.changed_data or evidence.verdict != Verdict.WITHDRAWN:
        return
    if evidence.url:
        words = 'E{} is withdrawn. <a href="{}">Which other pieces rest on the same source?</a>'
        messages.warning(request, format_html(words, evidence.number, withdrawn_url(evidence)))


def resting_on(evidence: Evidence, user: Any) -> tuple[list[Rests], int]:
    """Evidence of the same source in pieces that the user sees, and the number of other pieces.

    The same number of queries for one piece as for many."""
    rows = Evidence.objects.of_source(evidence.url, besides=evidence.article_id)
    seen = Article.objects.on_desk().seen_by(user).with_status(timezone.now())
    seen = seen.filter(pk__in={row.article_id for row in rows})
    articles = seen.prefetch_related("key_points", "actions").in_bulk()
    flagged = set(Note.objects.open().filter(article__in=articles).values_list("article", "text"))
    return [
        _rests(row, articles[row.article_id], flagged, user)
        for row in rows
        if row.article_id in articles
    ], len({row.article_id for row in rows} - set(articles))


def _rests(row: Evidence, article: Article, flagged: set[tuple[int, str]], user: Any) -> Rests:
    texts = [getattr(article, section) for section in PROSE]
    texts += [point.text for point in article.key_points.all()]
    texts += [action.text for action in article.actions.all()]
    return Rests(
        row, article, article.status(),
        is_cited=any(row.number in cited(text) for text in texts),
        is_flagged=any(pk == article.pk and text.startswith(_begin(row)) for pk, text in flagged),
        may_dispute=user.has_perm("trends.change_article") and row.verdict not in SETTLED,
    )  # fmt: skip


def _begin(row: Evidence) -> str:
    """How the note about a row begins; there is one open note of it."""
    return f"E{row.number} rests on {row.url}, which was withdrawn in "


def _flag(request: HttpRequest, withdrawn: Evidence, others: list[Rests]) -> bool:
    """Write the notes, and set to disputed what was asked for. False when nothing was chosen."""
    flag, dispute = set(request.POST.getlist("flag")), set(request.POST.getlist("dispute"))
    noted = sum(_note(other, withdrawn, request.user) for other in others if _is_in(other, flag))
    disputed = sum(
        _dispute(other, withdrawn, request.user) for other in others if _is_in(other, dispute)
    )
    if not flag and not dispute:
        messages.error(request, "Nothing was chosen. Choose the pieces to flag.")
        return False
    said = f"Flagged: {noted}. Set to disputed: {disputed}."
    messages.success(request, said if noted or disputed else "All of them were flagged already.")
    return True


def _is_in(other: Rests, chosen: set[str]) -> bool:
    return str(other.evidence.pk) in chosen


def _note(other: Rests, withdrawn: Evidence, user: Any) -> bool:
    """Whether it was news to that piece. Two people who flag it at once leave one note."""
    begin = _begin(other.evidence)
    with transaction.atomic():
        other.article.lock()
        notes = Note.objects.open().filter(article=other.article, section="evidence")
        if notes.filter(text__startswith=begin).exists():
            return False
        text = f"{begin}“{withdrawn.article.title}”. Look whether the piece still holds."
        other.article.notes.create(section="evidence", text=text, at=timezone.now(), by=user)
    return True


def _dispute(other: Rests, withdrawn: Evidence, user: Any) -> bool:
    """Whether it was set; a verdict that says as much or more stays."""
    if not other.article.may_be_changed_by(user):
        return False
    with transaction.atomic():
        other.article.lock()
        row = other.article.evidence.filter(pk=other.evidence.pk).exclude(verdict__in=SETTLED)
        if not row.update(verdict=Verdict.DISPUTED):
            return False
        note = f"E{other.evidence.number} disputed: withdrawn in “{withdrawn.article.title}”"
        other.article.record_revision(by=user, note=note[:200])
    return True
