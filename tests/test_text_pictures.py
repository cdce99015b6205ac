"""Pictures inside the text: the rows that protect them follow each save and each press."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from tests.public.conftest import READY, make_picture
from trends import snapshot as plain
from trends.admin.outlook import place_of
from trends.models import Article, EditionPicture, Image, Revision, TextPicture
from trends.models.making import make_article
from trends.models.workflow import Refused

UNKNOWN = 999_999_999_999_999_999


def figure(picture: Image | int) -> str:
    pk = picture if isinstance(picture, int) else picture.pk
    return f'<figure data-picture="{pk}"></figure>'


def make(*pictures: Image | int, **content: Any) -> Article:
    text = "<p>It comes late.</p>" + "".join(map(figure, pictures))
    return make_article("Tides", **READY | {"analysis": text} | content)


def save(article: Article, **texts: str) -> Revision | None:
    for section, text in texts.items():
        setattr(article, section, text)
    article.save()
    return article.record_revision(by=None)


def held(article: Article) -> set[int]:
    return set(article.text_pictures.values_list("image_id", flat=True))


def first_revision(article: Article) -> Revision:
    return article.revisions.get(number=1)


@pytest.fixture
def one(db: None) -> Image:
    return make_picture(alt_text="A weir")


@pytest.fixture
def two(db: None) -> Image:
    return make_picture(alt_text="A lock")


# --- the working copy ---


def test_rows_follow_the_text_from_save_to_save(one: Image, two: Image) -> None:
    article = make(one)
    assert held(article) == {one.pk}
    save(article, context=figure(two) + figure(one))
    assert held(article) == {one.pk, two.pk}
    save(article, analysis="<p>It is late.</p>")
    assert held(article) == {one.pk, two.pk}
    save(article, context="<p>Facts.</p>")
    assert held(article) == set()


def test_a_picture_in_a_text_can_t_be_deleted(one: Image) -> None:
    article = make(one)
    with pytest.raises(ProtectedError):
        one.delete()
    save(article, analysis="")
    one.delete()


def test_it_counts_as_used(one: Image, two: Image) -> None:
    make(one)
    assert list(Image.objects.unused()) == [two]


def test_an_id_that_no_picture_has_can_be_saved(one: Image) -> None:
    article = make(one)
    save(article, analysis=figure(UNKNOWN) + figure(one))
    assert held(article) == {one.pk}
    assert Article.objects.get(pk=article.pk).analysis == figure(UNKNOWN) + figure(one)
    [issue] = [i for i in article.readiness() if i.code.startswith("picture-")]
    assert (issue.code, issue.section) == ("picture-gone", "analysis")
    assert f"Picture {UNKNOWN}" in issue.message
    assert place_of(issue) == "#section-analysis"


def test_pictures_that_stay_cost_a_save_no_query(one: Image) -> None:
    with_one, without = make(one), make()
    costs = []
    for article in (without, with_one):
        article.context = "<p>New facts.</p>"
        article.save()
        with CaptureQueriesContext(connection) as queries:
            article.record_revision(by=None)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_restoring_leaves_a_picture_out_that_is_gone(one: Image, two: Image) -> None:
    article, gone = make(one, two), one.pk
    save(article, analysis="")
    one.delete()
    lost = article.restore(first_revision(article), by=None)
    assert lost == [f"Picture {gone} no longer exists and was left out. Select another one."]
    assert article.analysis == f"<p>It comes late.</p>{figure(two)}"
    assert held(article) == {two.pk}


def test_restoring_another_section_says_nothing_of_it(one: Image) -> None:
    article = make(one)
    save(article, analysis="", context="<p>New facts.</p>")
    one.delete()
    assert article.restore(first_revision(article), by=None, sections=["context"]) == []


# --- editions ---


def test_an_edition_protects_its_pictures_when_the_text_has_lost_them(
    one: Image, pam: User
) -> None:
    article = make(one, by=pam, publish=True)
    save(article, analysis="")
    assert not TextPicture.objects.exists()
    edition = article.edition_in_force()
    assert [(row.edition, row.image) for row in EditionPicture.objects.all()] == [(edition, one)]
    with pytest.raises(ProtectedError):
        one.delete()


def test_a_plan_that_is_dropped_lets_them_go(one: Image, pam: User) -> None:
    article = make(by=pam, publish=True)
    save(article, analysis=figure(one))
    article.publish_now(by=pam)
    article.editions.latest("live_from").delete()
    save(article, analysis="")
    one.delete()


def test_what_is_not_in_the_library_stops_publishing_and_can_be_overridden(pam: User) -> None:
    article = make(by=pam)
    save(article, analysis=figure(UNKNOWN))
    with pytest.raises(Refused, match="is not in the library"):
        article.publish_now(by=pam)
    article.publish_now(by=pam, override="The picture comes later.")
    assert not EditionPicture.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"alt_text": ""}, "picture-alt-missing"),
        ({"alt_text": "weir-2.jpg"}, "picture-alt-filename"),
        ({"credit": ""}, "picture-credit-missing"),
        ({"rights_expire_on": "2020-01-01"}, "picture-rights-expired"),
        ({"not_before": "2100-01-01"}, "picture-rights-early"),
    ],
)
def test_faults_of_the_library_stop_publishing(
    fields: dict[str, Any], code: str, pam: User
) -> None:
    article = make(make_picture(**fields), by=pam)
    with pytest.raises(Refused) as refused:
        article.publish_now(by=pam)
    assert [issue.code for issue in refused.value.issues] == [code]


def test_hero_and_pictures_of_the_text_are_one_query_of_readiness(one: Image, two: Image) -> None:
    article = make(one, two, hero=make_picture())
    content = article.snapshot()
    with CaptureQueriesContext(connection) as queries:
        assert [i.code for i in article.readiness(content=content) if "picture" in i.code] == []
    assert sum("trends_image" in q["sql"] for q in queries) == 1


# --- snapshots ---


def test_a_picture_alone_is_no_empty_section(one: Image) -> None:
    content = make(one, analysis=figure(one)).snapshot()
    assert "analysis" not in plain.pending(content)
    assert plain.pictures(content) == {one.pk}
    assert "analysis" not in Article.objects.with_pending().get().pending_sections()
