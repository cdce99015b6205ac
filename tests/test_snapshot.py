"""Snapshots: there and back without loss, what is public, what is pending."""

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import edits, snapshots
from trends import snapshot as plain
from trends.models import Article
from trends.models.making import make_article

pytestmark = pytest.mark.django_db
slow_start = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@slow_start
@given(snapshots())
def test_there_and_back_loses_nothing(content: plain.Snapshot) -> None:
    article = Article.objects.create(title="x", slug=f"s-{Article.objects.count()}")
    assert article.apply(content) == []
    again = Article.objects.get(pk=article.pk).snapshot()
    assert again == content
    assert plain.digest(again) == plain.digest(content)


@slow_start
@given(st.data())
def test_restoring_an_older_snapshot_brings_it_all_back(data: st.DataObject) -> None:
    old = data.draw(snapshots())
    article = Article.objects.create(title="x", slug=f"r-{Article.objects.count()}")
    article.apply(old)
    article.apply(data.draw(edits(old)))
    article.apply(old)
    assert article.snapshot() == old


def test_restoring_one_section_leaves_the_others() -> None:
    article = make_article("Tides", lede="Old news.", context="Old facts.")
    old = article.snapshot()
    article.lede, article.context = "<p>New news.</p>", "<p>New facts.</p>"
    article.save()
    article.apply(old, sections=["context"])
    assert (article.lede, article.context) == ("<p>New news.</p>", "<p>Old facts.</p>")


def test_restoring_is_a_new_save_that_keeps_the_history() -> None:
    ada = User.objects.create(username="ada")
    article = make_article("Tides", lede="Old news.", context="Old facts.", evidence=["So."])
    first = article.latest_revision
    assert first is not None
    article.lede, article.context = "<p>New news.</p>", "<p>New facts.</p>"
    article.save()
    article.record_revision(by=ada)
    assert article.restore(first, by=ada, sections=["context"]) == []
    assert (article.lede, article.context) == ("<p>New news.</p>", "<p>Old facts.</p>")
    assert article.restore(first, by=ada) == []
    assert article.snapshot() == first.content
    notes = list(article.revisions.values_list("number", "note"))
    assert notes[:2] == [
        (4, "Restored from revision 1: all of it"),
        (3, "Restored from revision 1: Context"),
    ]


def test_deleted_evidence_comes_back_under_its_number() -> None:
    article = make_article("Tides", context="So. [[E2]]", evidence=["First.", "Second."])
    old = article.snapshot()
    article.evidence.get(number=2).delete()
    article.apply(old)
    assert [(e.number, e.claim) for e in article.evidence.all()] == [(1, "First."), (2, "Second.")]


def test_a_number_is_never_given_twice() -> None:
    article = make_article("Tides", evidence=["First.", "Second."])
    article.evidence.get(number=2).delete()
    content = article.snapshot()
    row = content["evidence"]["rows"][0] | {"key": "f" * 16, "number": None, "claim": "Third."}
    content["evidence"]["rows"].append(row)
    article.apply(content)
    assert [e.number for e in article.evidence.all()] == [1, 3]


def test_a_reference_to_a_row_that_is_gone_is_left_out_and_said() -> None:
    article = make_article("Tides")
    content = article.snapshot()
    content["head"]["topic"] = 999
    content["author"]["rows"] = [{"key": "a" * 16, "author": 999, "role": ""}]
    content["related"]["rows"] = [{"key": "b" * 16, "target": 999, "url": "", "label": ""}]
    lost = article.apply(content)
    assert [sentence.split(" no longer")[0] for sentence in lost] == [
        "Topic 999", "Author 999", "Target 999",
    ]  # fmt: skip
    assert article.topic is None
    assert not article.bylines.exists()
    assert not article.related_links.exists()


def test_a_save_that_changes_nothing_makes_no_revision() -> None:
    ada = User.objects.create(username="ada")
    article = make_article("Tides", by=ada)
    assert article.record_revision(by=ada) is None
    article.lede = "<p>News.</p>"
    article.save()
    revision = article.record_revision(by=ada)
    assert revision is not None
    assert (revision.number, revision.note, article.version) == (2, "Headline", 2)


def test_a_snapshot_of_a_newer_version_is_refused() -> None:
    with pytest.raises(plain.UnknownSchema, match="Update the software"):
        plain.upgrade({"schema": plain.SCHEMA + 1})


def test_an_older_schema_is_upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "SCHEMA", 2)
    monkeypatch.setitem(plain.UPGRADES, 1, lambda s: s | {"schema": 2, "new": True})
    assert plain.upgrade({"schema": 1}) == {"schema": 2, "new": True}


def test_pending_is_empty_and_needed() -> None:
    content = plain.empty()
    assert plain.pending(content) == list(plain.CAN_BE_PENDING)
    content["actions"]["not_needed"] = "Nothing to do here."
    content["context"]["text"] = "<p>Facts.</p>"
    assert "actions" not in plain.pending(content)
    assert "context" not in plain.pending(content)


def test_internal_evidence_and_private_notes_are_not_public() -> None:
    article = make_article(
        "Tides",
        context="Known [[E1]], whispered [[E2]].",
        evidence=[
            {"claim": "Known.", "private_note": "Call back."},
            {"claim": "Whispered.", "disclosure": "internal"},
        ],
    )
    public = plain.public(article.snapshot())
    assert public["context"]["text"] == "<p>Known [[E1]], whispered.</p>"
    assert [row["claim"] for row in public["evidence"]["rows"]] == ["Known."]
    assert "Call back." not in str(public)


def test_a_described_source_keeps_its_name() -> None:
    source = {"source_title": "Minutes", "publisher": "Board", "speaker": "Chair"}
    article = make_article("Tides", evidence=[{"claim": "So.", "disclosure": "described"} | source])
    text = str(plain.public(article.snapshot()))
    assert not [word for word in source.values() if word in text]
