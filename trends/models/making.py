"""Make an article, and publish it if you like, in one call: for tests, demo and scripts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from .. import richtext
from ..snapshot import HEAD_FIELDS, PROSE, ROW_FIELDS, Row, empty
from .address import Address, known_as, trend_path
from .article import Article
from .author import Author
from .evidence import Evidence
from .fields import new_key

DEFAULTS: dict[str, Row] = {
    "evidence": dict.fromkeys(ROW_FIELDS["evidence"], "")
    | {
        "number": None, "kind": Evidence.Kind.DOCUMENT, "stance": Evidence.Stance.SUPPORTS,
        "verdict": Evidence.Verdict.UNCHECKED, "disclosure": Evidence.Disclosure.NAMED,
        "dated_on": None, "checked_at": None, "checked_by": None,
    },
    "key_points": {"text": ""},
    "actions": {"audience": "", "text": "", "timing": "", "review_on": None},
    "author": {"author": None, "role": ""},
    "related": {"target": None, "url": "", "label": ""},
}  # fmt: skip
# The one field of a row that stands for the row when only a value is given.
SHORT = {
    "evidence": "claim", "key_points": "text", "actions": "text",
    "author": "author", "related": "target",
}  # fmt: skip


def free_slug(title: str) -> str:
    """A slug of the title that no article has, nor ever had in public."""
    stem = slugify(title)[:100].strip("-") or "trend"
    slug, n = stem, 1
    while _is_taken(slug):
        n += 1
        slug = f"{stem}-{n}"
    return slug


def _is_taken(slug: str) -> bool:
    addresses = Address.objects.filter(path__in=known_as([trend_path(slug)]))
    return Article.objects.filter(slug=slug).exists() or addresses.exists()


@transaction.atomic
def make_article(
    title: str,
    *,
    by: Any = None,
    publish: bool = False,
    now: datetime | None = None,
    slug: str = "",
    **content: Any,
) -> Article:
    """An article with one revision, published if asked.

    `content`: fields of the head; lede, context, analysis, backstory as plain text or HTML;
    evidence, key_points, actions, author, related as lists of dicts or of single values
    (claim, text, text, Author, Article); `not_needed` as {section: reason}; other fields of
    Article by their names.
    """
    now = now or timezone.now()
    snapshot = empty()
    article = Article(title=title, slug=slug or free_slug(title), created_by=by, owner=by)
    snapshot["head"] |= {"title": title, "kind": Article.Kind.ANALYSIS}
    not_needed = content.pop("not_needed", {})
    for name, value in content.items():
        if name in HEAD_FIELDS:
            snapshot["head"][name] = getattr(value, "pk", value)
        elif name in PROSE:
            snapshot[name]["text"] = value if value.startswith("<") else richtext.from_plain(value)
        elif name in ROW_FIELDS:
            snapshot[name]["rows"] = _rows(name, value)
        else:
            setattr(article, name, value)
    for section, reason in not_needed.items():
        snapshot[section]["not_needed"] = reason
    article.save()
    article.apply(snapshot)
    article.record_revision(by=by, now=now)
    if publish:
        article.publish_now(by=by, now=now)
    return article


def _rows(section: str, values: Sequence[Any]) -> list[Row]:
    rows = []
    for value in values:
        row = value if isinstance(value, Mapping) else {SHORT[section]: value}
        plain = {name: getattr(v, "pk", v) for name, v in row.items()}
        rows.append({"key": new_key()} | DEFAULTS[section] | plain)
    return rows


def new_author(name: str) -> Author:
    """An author with a free slug, from nothing but a name that somebody typed."""
    stem = slugify(name)[:100].strip("-") or "author"
    for n in count(1):
        slug = stem if n == 1 else f"{stem}-{n}"
        author, is_new = Author.objects.get_or_create(slug=slug, defaults={"name": name})
        if is_new:
            return author
    raise AssertionError("never: numbers do not end")


def make_author(name: str, **fields: Any) -> Author:
    """An author with a slug of the name."""
    return Author.objects.create(name=name, slug=slugify(name), **fields)
