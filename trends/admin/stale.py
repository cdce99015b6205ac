"""A save that came too late: what the form holds beside what was saved meanwhile."""

from typing import Any

from ..models import Article, Revision
from ..models.content import ROW_NAMES, read
from ..snapshot import HEAD_FIELDS, PROSE, ROW_FIELDS, SECTIONS, Snapshot
from .article_form import ArticleForm
from .rows import RowFormSet
from .words import differences


def posted_snapshot(form: ArticleForm, formsets: list[Any]) -> Snapshot:
    """The content that the form would save. Fields with errors are left as they are saved."""
    article: Article = form.instance
    snapshot: Snapshot = Article.objects.get(pk=article.pk).snapshot()
    snapshot["head"] = {name: read(article, name) for name in HEAD_FIELDS}
    for section in PROSE:
        snapshot[section]["text"] = getattr(article, section)
    by_name = {f.fk.remote_field.related_name: f for f in formsets if isinstance(f, RowFormSet)}
    for section in ROW_FIELDS:
        if ROW_NAMES[section] in by_name:
            snapshot[section]["rows"] = _rows(section, by_name[ROW_NAMES[section]])
    for section in SECTIONS[1:]:
        snapshot[section]["not_needed"] = article.not_needed.get(section, "")
    return snapshot


def _rows(section: str, formset: RowFormSet) -> list[dict[str, Any]]:
    rows = []
    for form in formset.kept_forms:
        key = form.instance.key if form.instance.pk else str(form["key"].value() or "")
        row = {"key": key} | {n: read(form.instance, n) for n in ROW_FIELDS[section]}
        if section == "evidence" and not row["number"] and key:
            row["number"] = formset.earlier(key).get("number")
        rows.append(row)
    return rows


def whose(section: str, base: Snapshot | None, mine: Snapshot, saved: Snapshot) -> str:
    """Who changed a section that differs, in words."""
    if base is None:
        return ""
    by_me, by_them = (side[section] != base[section] for side in (mine, saved))
    if by_me and by_them:
        return "both changed it"
    return "you changed it" if by_me else "changed by somebody else"


def stale_context(form: ArticleForm, formsets: list[Any]) -> dict[str, Any]:
    """What the page of a refused save shows besides the form as it was typed."""
    mine = posted_snapshot(form, formsets)
    article = Article.objects.get(pk=form.instance.pk)
    saved, last = article.snapshot(), article.latest_revision
    found = article.revisions.filter(number=form.cleaned_data.get("base") or 0).first()
    base = found.content if found else None
    changed = differences(saved, mine)
    sides = [(words, whose(words.name, base, mine, saved)) for words in changed]
    return {"stale": sides, "saved_by": _who(last), "saved_at": last and last.created_at}


def _who(revision: Revision | None) -> str:
    who = revision.created_by if revision else None
    return (who.get_full_name() or who.get_username()) if who else "Somebody"
