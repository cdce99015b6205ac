"""What a race needs: one piece, two people with its form open, threads that start together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from tests.admin.forms import form_of, page_url
from tests.people import person
from trends.models import Article
from trends.models.making import make_article, make_author

Form = dict[str, str]


class Race:
    """One piece and two people with its form open."""

    def __init__(self, **content: Any) -> None:
        self.ada, self.pam = person("ada"), person("pam")
        rows = {"key_points": ["One", "Two"], "evidence": ["It goes", "420 people"]}
        content = {"lede": "It goes.", "author": [make_author("Wes Quill")]} | rows | content
        self.article = make_article("A second pump house", by=self.ada, **content)

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def opened(self) -> Form:
        """What both have in their forms."""
        self.article = Article.objects.get()
        content, number = self.article.snapshot(), self.article.revisions.count()
        slug = {"slug": self.article.slug, "initial-slug": self.article.slug}
        start = {"loaded": str(self.article.version), "base": str(number)}
        return form_of(content, content) | slug | start

    def post(self, client: Client, form: Form) -> Any:
        return client.post(page_url(self.article), form)

    def now(self) -> Article:
        return Article.objects.get()


def report(what: str, races: int, lost: int, asked: int = 0) -> None:
    print(f"{what}: {races} races, {lost} updates lost, {asked} asked or refused")


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(steps))

    def run(step: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=20)
            return step()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return [future.result() for future in [pool.submit(run, step) for step in steps]]
