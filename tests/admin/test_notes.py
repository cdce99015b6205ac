"""What colleagues tell each other about a piece, on the page of its notes."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.forms import page_url
from tests.admin.noting import act, complain, write
from trends.models import Article, Assignment, Note, Notice
from trends.models.making import make_article


@pytest.fixture
def article(wes: User) -> Article:
    return make_article("Norlake", by=wes)


def threads(page: Any) -> list[str]:
    return [thread.note.text for thread in page.context_data["threads"]]


def test_a_note_is_written_and_closed(desk: Any, wes: User, ada: User, article: Article) -> None:
    page = write(desk(ada), article, "Who said <b>so</b>?", section="context")
    assert "Who said &lt;b&gt;so&lt;/b&gt;?" in page.content.decode()
    note = Note.objects.get()
    assert (note.by, note.section, note.closed_at) == (ada, "context", None)
    page = act(desk(wes), note, "close")
    note.refresh_from_db()
    assert note.closed_by == wes
    assert threads(page) == []
    assert "Closed by Wes" in page.content.decode()
    history = desk(wes).get(page_url(article, "history")).context_data["events"][0]
    assert (history.what, history.details) == ("Note on Context", ["Closed by Wes"])


def test_a_note_changes_neither_text_nor_version(desk: Any, ada: User, article: Article) -> None:
    write(desk(ada), article, "Who said so?")
    fresh = Article.objects.get()
    assert (fresh.version, fresh.updated_at) == (article.version, article.updated_at)
    assert fresh.revisions.count() == 1


def test_it_is_opened_again(desk: Any, wes: User, ada: User, article: Article) -> None:
    write(desk(ada), article, "Who said so?")
    note = Note.objects.get()
    act(desk(wes), note, "close")
    assert "Wes has closed it already." in act(desk(ada), note, "close").content.decode()
    page = act(desk(ada), note, "reopen").content.decode()
    assert "Open again, opened by Ada" in page
    assert "It is open already." in act(desk(wes), note, "reopen").content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": "  "}, "The note is empty"),
        ({"text": "x" * 5001}, "at most 5000 characters"),
        ({"text": "Kept", "section": "nonsense"}, "Select a valid choice"),
    ],
)
def test_a_note_that_says_nothing_comes_back(
    desk: Any, ada: User, article: Article, data: dict[str, str], words: str
) -> None:
    page = desk(ada).post(page_url(article, "notes"), data)
    text = page.content.decode()
    assert page.status_code == 422
    assert words in text
    assert data["text"].strip() in text
    assert not Note.objects.exists()


def test_who_owes_a_section_may_write(desk: Any, wes: User, ada: User) -> None:
    piece = make_article("Of Ada", by=ada)
    assert write(desk(wes), piece, "Mine?").status_code == 403
    Assignment.objects.create(article=piece, section="context", owner=wes)
    assert write(desk(wes), piece, "Mine?").status_code == 200
    assert Note.objects.get().by == wes


def test_a_note_of_another_piece_stays_open(desk: Any, wes: User, ada: User) -> None:
    mine, other = make_article("Mine", by=wes), make_article("Of Ada", by=ada)
    note = other.notes.create(text="Secret", by=ada, at=timezone.now())
    url = page_url(mine, "notes")
    assert desk(wes).post(f"{url}{note.pk}/close/").status_code == 404
    assert act(desk(wes), note, "close").status_code == 403
    assert Note.objects.open().exists()


def test_a_colleague_is_told(desk: Any, wes: User, ada: User, article: Article) -> None:
    page = write(desk(ada), article, "Who said so, @wes?").content.decode()
    assert "Wes has been told." in page
    assert '<b class="mention">@wes</b>?' in page
    assert Notice.objects.of(wes).get().by == ada


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("zoe", "Nobody here is called “@zoe”. Correct the name, or send it again as it is."),
        ("otto", "“@otto” can&#x27;t open this piece and won&#x27;t be told."),
    ],
)
def test_whom_it_can_not_reach_is_said_once(
    desk: Any, ada: User, otto: User, article: Article, name: str, words: str
) -> None:
    client, text = desk(ada), f"Ask @{name} & @ada"
    page = write(client, article, text)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert f"Ask @{name} &amp; @ada</textarea>" in page.content.decode()
    as_is = page.context_data["form"]["as_is"].value()
    assert write(client, article, text, as_is=as_is).status_code == 200
    assert Note.objects.get().text == text
    assert not Notice.objects.exists()


def test_another_name_is_objected_to_again(desk: Any, ada: User, article: Article) -> None:
    assert write(desk(ada), article, "@zoe @yves", as_is="zoe").status_code == 422


def test_a_reply_stands_in_its_thread(desk: Any, wes: User, ada: User, article: Article) -> None:
    write(desk(ada), article, "Who said so?")
    note = Note.objects.get()
    page = act(desk(wes), note, "reply", text="The minutes.")
    (thread,) = page.context_data["threads"]
    assert [reply.text for reply in thread.note.replies.all()] == ["The minutes."]
    events = desk(ada).get(page_url(article, "history")).context_data["events"]
    assert (events[0].what, events[0].details) == ("Reply to a note", [])
    empty = act(desk(wes), note, "reply", text=" ")
    assert empty.status_code == 422
    assert "The reply is empty." in empty.content.decode()


def test_those_about_a_section(desk: Any, wes: User, article: Article) -> None:
    client = desk(wes)
    write(client, article, "Here", section="context")
    page = write(client, article, "There", "?section=lede", section="lede")
    assert threads(page) == ["There"]
    assert page.redirect_chain[0][0].endswith(f"?section=lede#note-{Note.objects.first().pk}")  # type: ignore[union-attr]
    assert threads(client.get(page_url(article, "notes") + "?section=nonsense")) == [
        "There", "Here"
    ]  # fmt: skip


def test_a_dialog_gets_the_notes_alone(desk: Any, wes: User, article: Article) -> None:
    page = write(desk(wes), article, "Here", "?section=context&part=1", section="context")
    text = page.content.decode()
    assert "<html" not in text
    assert "Your note is there" in text
    assert 'data-counts="{&quot;context&quot;: 1}"' in text


def test_the_form_says_that_there_are_notes(desk: Any, wes: User, article: Article) -> None:
    for text, section in (("Who?", "context"), ("Done", "context"), ("When?", "")):
        article.notes.create(text=text, section=section, by=wes, at=timezone.now())
    Note.objects.get(text="Done").close(by=wes, now=timezone.now())
    page = desk(wes).get(page_url(article))
    rails = {one.name: one.rail.notes for one in page.context_data["sections"]}
    assert (rails["context"], rails["lede"], rails["picture"]) == (1, 0, None)
    text = page.content.decode()
    assert 'Notes <span class="count">(2)</span>' in text
    assert 'href="#piece-notes"' in desk(wes).get(page_url(article) + "?check=1").content.decode()


def test_an_unsaved_piece_has_none(desk: Any, wes: User) -> None:
    page = desk(wes).get("/admin/trends/article/add/")
    assert "piece-notes" not in page.content.decode()


def test_names_are_suggested(desk: Any, wes: User, ada: User, otto: User, article: Article) -> None:
    url = page_url(article, "people")
    assert desk(wes).get(url).json()["people"] == [{"name": "ada", "label": "Ada"}]
    assert desk(ada).get(f"{url}?q=W").json()["people"] == [{"name": "wes", "label": "Wes"}]
    for nothing in ("otto", "x" * 200):
        assert desk(wes).get(f"{url}?q={nothing}").json() == {"people": []}


def test_many_notes_cost_no_more_queries(desk: Any, ada: User, wes: User, article: Article) -> None:
    client, form = desk(ada), page_url(article)

    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    def fill(n: int) -> None:
        note = Note.objects.write(article, f"Who {n}, @wes?", by=ada, now=timezone.now())
        Note.objects.write(article, "I, @ada", by=wes, now=timezone.now(), reply_to=note)
        complain(article).close(by=wes, now=timezone.now(), outcome="So.")
        complain(article, f"And {n}?", section="context")

    urls = (page_url(article, "notes"), form, page_url(article, "history"))
    fill(0)
    few = [cost(url) for url in urls]
    for n in range(1, 7):
        fill(n)
    assert [cost(url) for url in urls] == few
    assert few[0] <= 16
