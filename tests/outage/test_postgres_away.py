"""PostgreSQL restarts, or is away: readers get the pages that the store holds, an editor gets the
text back, and afterwards all is as it was."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.admin.forms import page_url, posted
from tests.people import person
from tests.serving import Site, serving
from tests.stale.pages import PAGES
from tests.stale.world import make_world, words
from trends.admin.ticket import NAME
from trends.models import Article

from .load import load
from .postgres import Server, needs_server, own_postgres

pytestmark = [
    pytest.mark.django_db(transaction=True),
    needs_server,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
]
TOKEN, SECRET = "csrfmiddlewaretoken", "s" * 32
PATHS = [page.path for page in PAGES]


class Editor:
    """Wes, who has the form of a piece open in a browser."""

    def __init__(self) -> None:
        wes, client = person("wes", is_superuser=True), Client()
        client.force_login(wes)
        self.path = page_url(Article.objects.get(slug="main"))
        page: Any = client.get(self.path)
        ticket = page.context_data["unsaved"].ticket
        self.form = posted(page, title="Typed by Wes") | {NAME: ticket} | {TOKEN: SECRET}
        self.cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={SECRET}"

    def send(self, site: Site, form: Any = None) -> tuple[int, str]:
        """What was typed, or what another page would send."""
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection = site.connect()
        connection.request("POST", self.path, urlencode(form or self.form, True), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, body


def fields(page: str) -> list[tuple[str, str]]:
    """What the button "Send again" sends."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return [(html.unescape(name), html.unescape(value)) for name, value in found]


@pytest.fixture
def server() -> Iterator[Server]:
    with own_postgres() as server:
        yield server


def test_readers_and_editors_while_it_is_away(server: Server, tmp_path: Path) -> None:
    make_world()
    editor = Editor()
    server.copy()
    own = {"DATABASE_URL": server.url, "DJANGO_SECRET_KEY": settings.SECRET_KEY}
    with serving(tmp_path, **own) as site:
        assert [site.get(path)[0] for path in PATHS] == [200] * len(PATHS)
        with load(site, PATHS) as found:
            server.stop("fast")
            found.go_on(300)
            status, page = editor.send(site)
            assert site.get("/trends/?utm=x")[0] == 503  # the store has no part in it
            server.start()
            found.go_on(300)
            server.stop("immediate")  # as after a crash
            server.start()
            found.go_on(300)
        print(f"\nPostgreSQL away twice: {found.reads} reads, {dict(found.answers)}")
        assert found.answers.keys() == {200}
        assert (status, "Typed by Wes" in page) == (503, True)
        assert site.get("/trends/?utm=x")[0] == 200
        assert editor.send(site, fields(page))[0] == 302
        assert "Typed by Wes" in server.ask("SELECT title FROM trends_article WHERE slug = 'main'")


def test_what_was_published_meanwhile_is_read_at_once(server: Server, tmp_path: Path) -> None:
    """Just before it went away: the store that could not ask must not forget to."""
    make_world()
    server.copy()
    with serving(tmp_path, DATABASE_URL=server.url) as site:
        assert words("author", 1) in site.get("/authors/author/")[1]
        server.stop("immediate")
        assert words("author", 1) in site.get("/authors/author/")[1]
        server.start()
        server.ask(f"UPDATE trends_author SET name = '{words('author', 2)}'")
        assert words("author", 2) in site.get("/authors/author/")[1]
