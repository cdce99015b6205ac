"""Older versions: they get names, and come back whole or by section."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.admin.forms import save
from trends.models import Article, Revision, Stage
from trends.models.making import make_article, make_author


@pytest.fixture
def article(ada: User) -> Article:
    """Two saves: the second changed Headline and Context."""
    article = make_article(
        "Norlake", by=ada, lede="It goes west.", context="It is old.", author=[make_author("Wes")]
    )
    article.lede, article.context = "<p>It goes east.</p>", "<p>It is new.</p>"
    article.save()
    article.record_revision(by=ada)
    return article


def url(article: Article, page: str, number: int = 1) -> str:
    return reverse(f"admin:trends_article_revision_{page}", args=[article.pk, number])


def restore(client: Any, article: Article, *sections: str, **changes: Any) -> Any:
    data = {"section": sections, "version": article.version} | changes
    return client.post(url(article, "restore"), data, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- names ---


def test_a_save_gets_a_name(desk: Any, ada: User, article: Article) -> None:
    page = desk(ada).post(url(article, "name"), {"name": " As sent  to the lawyers "}, follow=True)
    assert article.revisions.get(number=1).name == "As sent to the lawyers"
    assert "As sent to the lawyers</span>" in page.content.decode()


def test_a_name_is_taken_away(desk: Any, ada: User, article: Article) -> None:
    article.revisions.get(number=1).rename("Old")
    desk(ada).post(url(article, "name"), {"name": ""})
    assert article.revisions.get(number=1).name == ""


def test_a_name_that_is_too_long_is_said_back(desk: Any, ada: User, article: Article) -> None:
    (words,) = said(desk(ada).post(url(article, "name"), {"name": "x" * 81}, follow=True))
    assert "at most 80" in words
    assert "x" * 81 in words
    assert article.revisions.get(number=1).name == ""


def test_naming_leaves_the_text_alone(desk: Any, ada: User, article: Article) -> None:
    before = Revision.objects.values("content", "digest", "created_at").get(number=1)
    desk(ada).post(url(article, "name"), {"name": "Old"})
    assert Revision.objects.values("content", "digest", "created_at").get(number=1) == before


# --- restoring ---


def test_the_page_says_what_would_change(desk: Any, ada: User, article: Article) -> None:
    page = desk(ada).get(url(article, "restore"))
    assert [words.name for words, _ in page.context["sections"]] == ["lede", "context"]
    assert "<del> east.</del>" in page.content.decode()
    assert article.revisions.count() == 2


def test_one_section_comes_back(desk: Any, ada: User, article: Article) -> None:
    page = restore(desk(ada), article, "lede")
    article.refresh_from_db()
    assert (article.lede, article.context) == ("<p>It goes west.</p>", "<p>It is new.</p>")
    last = article.revisions.get(number=3)
    assert (last.note, last.sections) == ("Restored from revision 1: Headline", ["lede"])
    assert "From revision 2 to revision 3" in page.content.decode()


def test_all_of_it_comes_back(desk: Any, ada: User, article: Article) -> None:
    restore(desk(ada), article, "lede", "context")
    first, last = (article.revisions.get(number=n) for n in (1, 3))
    assert last.content == first.content


def test_what_was_restored_is_undone(desk: Any, ada: User, article: Article) -> None:
    (words,) = said(restore(desk(ada), article, "lede"))
    assert url(article, "restore", 2) in words
    article.refresh_from_db()
    data = {"section": ["lede"], "version": article.version}
    desk(ada).post(url(article, "restore", 2), data)
    second, last = (article.revisions.get(number=n) for n in (2, 4))
    assert last.content == second.content


def test_a_later_save_of_somebody_else_stops_it(
    desk: Any, ada: User, pam: User, article: Article
) -> None:
    version = article.version
    save(desk(pam), article, analysis="<p>Meanwhile.</p>")
    page = restore(desk(ada), article, "context", version=version)
    assert page.status_code == 409
    assert "somebody saved this piece meanwhile" in page.content.decode()
    chosen = {words.name: is_wanted for words, is_wanted in page.context["sections"]}
    assert chosen == {"lede": False, "context": True, "analysis": False}
    assert article.revisions.count() == 3
    version = page.context["article"].version
    assert restore(desk(ada), article, "context", version=version).status_code == 200
    article.refresh_from_db()
    assert (article.context, article.analysis) == ("<p>It is old.</p>", "<p>Meanwhile.</p>")


def test_without_a_section_nothing_happens(desk: Any, ada: User, article: Article) -> None:
    page = restore(desk(ada), article, "nonsense")
    assert page.status_code == 422
    assert "no section is selected" in page.content.decode()
    assert article.revisions.count() == 2


def test_the_same_text_makes_no_save(desk: Any, ada: User, article: Article) -> None:
    (words,) = said(restore(desk(ada), article, "author"))
    assert "says that already" in words
    assert article.revisions.count() == 2


def test_a_revision_like_the_piece_has_nothing_to_restore(
    desk: Any, ada: User, article: Article
) -> None:
    page = desk(ada).get(url(article, "restore", 2)).content.decode()
    assert "There is nothing to restore" in page


def test_what_no_longer_exists_is_said(desk: Any, ada: User, article: Article) -> None:
    byline = article.bylines.get()
    author = byline.author
    byline.delete()
    article.record_revision(by=ada)
    gone = author.pk
    author.delete()
    words = said(restore(desk(ada), article, "author", "lede"))
    assert words[-1].startswith(f"Author {gone} no longer exists")
    assert not article.bylines.exists()


def test_restoring_takes_the_approval_back(desk: Any, ada: User, pam: User, article: Any) -> None:
    article.submit(by=ada)
    article.approve(by=pam)
    assert "takes it back to draft" in desk(pam).get(url(article, "restore")).content.decode()
    restore(desk(pam), article, "lede")
    assert Article.objects.get().stage == Stage.DRAFT


def test_readers_keep_what_they_have(desk: Any, pam: User) -> None:
    live = make_article(
        "Norlake", by=pam, publish=True, lede="It goes west.",
        standfirst="A sentence that is long enough to stand.",
    )  # fmt: skip
    save(desk(pam), live, lede="<p>It goes east.</p>")
    live = Article.objects.get()
    live.publish_now(by=pam)
    restore(desk(pam), live, "lede")
    edition = live.edition_in_force()
    assert edition is not None
    assert edition.content["lede"]["text"] == "<p>It goes east.</p>"


@pytest.mark.parametrize("number", [9, 10**30])
@pytest.mark.parametrize("page", ["name", "restore"])
def test_a_revision_that_is_not_there(
    desk: Any, ada: User, article: Article, page: str, number: int
) -> None:
    assert desk(ada).post(url(article, page, number), {"name": "x"}).status_code == 404


def test_another_piece_has_its_own_revisions(desk: Any, wes: User, article: Article) -> None:
    assert restore(desk(wes), article, "lede").status_code == 403
    mine = make_article("Mine", by=wes)
    assert desk(wes).post(url(mine, "restore", 2), {"section": "lede"}).status_code == 404
