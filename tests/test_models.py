"""The database keeps the law, whoever writes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from trends.models import (
    Article,
    Assignment,
    Author,
    Complainant,
    Edition,
    Evidence,
    Image,
    Note,
    RelatedLink,
    Revision,
    SharedLink,
    Topic,
)
from trends.models.making import make_article, make_author

pytestmark = pytest.mark.django_db


# What a row needs that an article with evidence does not bring along.
NEEDED: dict[type[models.Model], dict[str, Any]] = {
    Assignment: {"section": "context"},
    Note: {"text": "Look at it.", "at": timezone.now()},
    SharedLink: {
        "revision": lambda: Revision.objects.get(),
        "created_by": lambda: User.objects.create(username="wes"),
        "created_at": timezone.now(),
        "expires_at": timezone.now() + timedelta(days=1),
    },
}


def pairs() -> list[tuple[type[models.Model], str]]:
    """(model, stem) of every pair of fields <stem>_at and <stem>_by."""
    found = []
    for model in apps.get_app_config("trends").get_models():
        names = {field.name for field in model._meta.fields}
        stems = [n[:-3] for n in names if n.endswith("_at") and f"{n[:-3]}_by" in names]
        # Who saved or uploaded may be a script, so these stand alone.
        found += [(model, s) for s in sorted(stems) if s not in ("created", "uploaded")]
    return found


def row_of(model: type[models.Model], article: Article) -> Any:
    """The article itself, or a row that belongs to it."""
    if model is Article:
        return article
    if model is Complainant:
        return Complainant.objects.create(note=row_of(Note, article), name="Jo Reader")
    manager: Any = model._default_manager
    row, _ = manager.get_or_create(article=article, defaults=NEEDED.get(model, {}))
    return row


@pytest.mark.parametrize(("model", "stem"), pairs())
def test_who_and_when_are_both_there_or_neither(model: type[models.Model], stem: str) -> None:
    article = make_article("Tides", evidence=["So."])
    manager: Any = model._default_manager
    row = row_of(model, article)
    with pytest.raises(IntegrityError), transaction.atomic():
        manager.filter(pk=row.pk).update(**{f"{stem}_at": timezone.now()})
    ada = User.objects.create(username="ada")
    with pytest.raises(IntegrityError), transaction.atomic():
        manager.filter(pk=row.pk).update(**{f"{stem}_by": ada})


def test_there_are_pairs_to_test() -> None:
    assert len(pairs()) >= 4


def test_checked_evidence_says_by_whom() -> None:
    make_article("Tides", evidence=["So."])
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(verdict="checked")


def test_one_start_per_article() -> None:
    article, now = make_article("Tides"), timezone.now()
    fields = {"article": article, "kind": "end", "slug": "x", "live_from": now, "pressed_at": now}
    Edition.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(**fields)


class TestRelatedLink:
    def refuse(self, **fields: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            RelatedLink.objects.create(**fields)

    def test_never_a_target_and_an_address(self) -> None:
        one, two = make_article("One"), make_article("Two")
        self.refuse(article=one, target=two, url="https://example.org/")

    def test_not_itself(self) -> None:
        one = make_article("One")
        self.refuse(article=one, target=one)

    def test_not_nothing(self) -> None:
        self.refuse(article=make_article("One"))

    def test_the_form_says_so_in_words(self) -> None:
        one, two = make_article("One"), make_article("Two")
        link = RelatedLink(article=one, target=two, url="https://example.org/")
        with pytest.raises(ValidationError, match="not both"):
            link.full_clean()


def test_prose_is_cleaned_whoever_writes_it() -> None:
    article = make_article("Tides", lede="<p onclick='x()'>News<script>x()</script></p>")
    assert article.lede == "<p>News</p>"
    Article.objects.update(context="<svg></svg><p>Facts</p>")
    article.refresh_from_db()
    assert article.context == "<p>Facts</p>"


def test_an_address_is_cleaned_and_an_unsafe_one_refused() -> None:
    article = make_article("Tides", evidence=[{"claim": "So.", "url": " https://example.org/a\n"}])
    assert article.evidence.get().url == "https://example.org/a"
    with pytest.raises(ValidationError, match="not a web address"):
        Evidence.objects.update(url="javascript:alert(1)")


def test_what_an_edition_shows_cannot_be_deleted() -> None:
    topic, author = Topic.objects.create(name="Water", slug="water"), make_author("Ines Calder")
    pam = User.objects.create(username="pam")
    article = make_article("Tides", topic=topic, author=[author])
    article.publish_now(by=pam, override="a test")
    for row in (topic, author, article):
        with pytest.raises(models.ProtectedError):
            row.delete()
    assert Author.objects.count() == Topic.objects.count() == 1


def test_a_focal_point_lies_in_the_picture() -> None:
    fields = {"file": "x.jpg", "digest": "x", "width": 1, "height": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.create(focal_x=1.5, **fields)


def test_status_and_live_agree_in_both_spellings() -> None:
    pam, now = User.objects.create(username="pam"), timezone.now()
    for n, publish in enumerate((True, False, True)):
        article = make_article(f"Tides {n}", slug=f"t{n}")
        if publish:
            article.publish_now(by=pam, override="a test")
    Article.objects.get(slug="t2").retract(by=pam, notice="Wrong.")
    now = timezone.now()
    live = set(Edition.objects.live(now).values_list("article_id", flat=True))
    assert {a.pk for a in Article.objects.all() if a.status(now) == "live"} == live
    assert {a.pk for a in Article.objects.in_status("live", now)} == live
    plain = {a.pk: a.status(now) for a in Article.objects.all()}
    assert {a.pk: a.status(now) for a in Article.objects.with_status(now)} == plain


def test_pending_is_the_same_in_the_database_and_in_the_snapshot() -> None:
    article = make_article("Tides", lede="News.", not_needed={"actions": "No."}, key_points=["So."])
    for section in article.pending_sections():
        assert list(Article.objects.pending(section)) == [article]
    for section in ("lede", "actions", "key_points"):
        assert not Article.objects.pending(section).exists()
    assert list(Article.objects.nobody_assigned()) == [article]


def test_days_to_look_again_are_found_by_index() -> None:
    """The calendar and My desk ask for them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which reads so small a table as a whole
            cursor.execute("SET LOCAL enable_seqscan = off")
        rows = Article.objects.filter(review_by__range=(date(2031, 5, 1), date(2031, 5, 31)))
        assert "article_review" in rows.order_by("review_by").explain()
