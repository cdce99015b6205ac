"""Pieces that wait in the queue, and its page as a test reads it."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from trends.models import Article, Assignment

QUEUE = "/admin/trends/article/queue/"
WORDS = "The maker of warehouse robots leaves the coast, and takes a town along."
FULL: dict[str, Any] = {
    "standfirst": WORDS, "lede": "So.", "context": "Then.", "analysis": "Thus.",
    "evidence": [{"claim": "It leaves.", "source_title": "A filing"}],
    "key_points": ["It leaves.", "It goes."], "actions": ["Ask the town."],
}  # fmt: skip


def lines(page: Any) -> list[str]:
    """The lines of the page, as "section of title"."""
    found = [line for piece in page.context_data["pieces"] for line in piece.lines]
    return [f"{line.waiting.section} of {line.waiting.article.title}" for line in found]


def put(article: Article, section: str, by: User, **fields: Any) -> None:
    Assignment.objects.put(article, section, by=by, now=timezone.now(), **fields)
