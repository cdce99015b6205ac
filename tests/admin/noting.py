"""Notes as tests write them, on the desk and past it."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from tests.admin.forms import page_url
from trends.models import Article, Note

RECEIVED, DUE = date(2026, 3, 1), date(2026, 3, 15)


def complain(article: Article, text: str = "That is not so.", **facts: Any) -> Note:
    """A reader's complaint, of somebody whose name is known."""
    given = {"kind": "complaint", "received_on": RECEIVED, "due_on": DUE, "name": "Rosa Reader"}
    by = facts.pop("by", article.owner)
    return Note.objects.write(article, text, by=by, now=timezone.now(), **given | facts)


def write(client: Any, article: Article, text: str, query: str = "", **fields: Any) -> Any:
    """Send the form of a note."""
    url = page_url(article, "notes") + query
    return client.post(url, {"text": text, "section": "", **fields}, follow=True)


def act(client: Any, note: Note, name: str, **fields: Any) -> Any:
    url = reverse(f"admin:trends_article_{name}_note", args=[note.article_id, note.pk])
    return client.post(url, fields, follow=True)
