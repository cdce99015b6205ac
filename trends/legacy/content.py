"""A Draft as a snapshot: rows with keys that every import of the piece gives again."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils.text import slugify

from .. import richtext
from ..models import Action, Article, Author, Evidence, KeyPoint, RelatedLink
from ..models.making import DEFAULTS
from ..snapshot import Row, Snapshot, empty
from .address import stable_id
from .draft import Draft, Note

# Section → the model whose columns its texts must fit.
COLUMNS: dict[str, type[Model]] = {
    "head": Article,
    "key_points": KeyPoint,
    "actions": Action,
    "evidence": Evidence,
    "related": RelatedLink,
}


def content_of(draft: Draft, notes: list[Note], *, owner: Article) -> Snapshot:
    """The draft as a snapshot of its article; what had to be cut is added to the notes."""
    content = empty()
    content["head"] |= {"title": draft.title, "standfirst": draft.standfirst}
    content["head"]["kind"] = Article.Kind.ANALYSIS
    for section in ("lede", "context", "analysis"):
        content[section]["text"] = richtext.clean(getattr(draft, section))
    keyed = _Keys(draft.legacy_id, owner)
    content["key_points"]["rows"] = _texts(draft.key_points, "key_points", keyed)
    content["actions"]["rows"] = _texts(draft.actions, "actions", keyed)
    content["evidence"]["rows"] = _evidence(draft, keyed)
    content["author"]["rows"] = _bylines(draft, keyed)
    content["related"]["rows"] = _related(draft, keyed, owner)
    for section, model in COLUMNS.items():
        for row in content[section].get("rows", [content[section]]):
            _fit(row, section, model, notes)
    return content


def _fit(row: Row, section: str, model: type[Model], notes: list[Note]) -> None:
    """Cut what is longer than its column at a word; then a note holds all of it."""
    for name, text in row.items():
        limit = name != "key" and getattr(model._meta.get_field(name), "max_length", None)
        if limit and isinstance(text, str) and len(text) > limit:
            row[name] = text[: limit - 1].rsplit(" ", 1)[0] + "…"
            message = f"Cut to {limit} characters: “{text}”"
            notes.append(Note("too-long", section, message, "Shorten it by hand."))


class _Keys:
    """Makes rows whose keys are the same at every import of the piece."""

    def __init__(self, legacy_id: str, owner: Article) -> None:
        self.legacy_id = legacy_id
        self.numbers = dict(owner.evidence.values_list("key", "number"))

    def __call__(self, section: str, place: int, **values: Any) -> Row:
        name = f"{self.legacy_id}\n{section}\n{place}"
        key = sha256(name.encode()).hexdigest()[:16]
        row = {"key": key} | DEFAULTS[section] | values
        return row | {"number": self.numbers.get(key)} if section == "evidence" else row


def _texts(texts: Sequence[str], section: str, keyed: _Keys) -> list[Row]:
    return [keyed(section, n, text=text) for n, text in enumerate(texts)]


def _evidence(draft: Draft, keyed: _Keys) -> list[Row]:
    return [
        keyed(
            "evidence", n, kind=found.kind, claim=found.claim, excerpt=found.excerpt,
            speaker=found.speaker, speaker_role=found.role, source_title=found.source_title,
            publisher=found.publisher, url=_outside(found.url),
        )
        for n, found in enumerate(draft.evidence)
    ]  # fmt: skip


def _outside(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else ""


def _bylines(draft: Draft, keyed: _Keys) -> list[Row]:
    authors = dict.fromkeys(_author(name) for name in draft.authors)
    return [keyed("author", n, author=author.pk) for n, author in enumerate(authors)]


def _author(name: str) -> Author:
    """The only author of that name, or a new one that somebody has to resolve."""
    name = name[:120]
    same = Author.objects.called(name)
    if len(same) == 1:
        return same[0]
    stem, n = slugify(name)[:100] or "author", 1
    slug = stem
    while Author.objects.filter(slug=slug).exists():
        n += 1
        slug = f"{stem}-{n}"
    return Author.objects.create(name=name, slug=slug, unresolved=True)


def _related(draft: Draft, keyed: _Keys, owner: Article) -> list[Row]:
    rows = []
    for n, link in enumerate(draft.related):
        target = _target(link.url, link.label)
        if target != owner.pk:
            url = "" if target else _outside(link.url)
            rows.append(keyed("related", n, label=link.label, target=target, url=url))
    return rows


def _target(url: str, label: str) -> int | None:
    """The article that a link means: by its old address, else by its exact title."""
    identity = stable_id(url) if url else ""
    found = Article.objects.filter(legacy_id=identity) if identity else Article.objects.none()
    if not found:
        found = Article.objects.filter(title__iexact=label)
    return found[0].pk if len(found[:2]) == 1 else None
