"""import_trends: pages become drafts, the same page again changes nothing, edits are kept."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.corpus import CORPUS, needs_corpus
from trends import richtext, text
from trends.models import Address, Article, Author, Edition, Evidence, LegacyDocument

pytestmark = pytest.mark.django_db

PAGE = """# source: https://old.example/en/water/harbour-pumps/
-----
A new pump house for the harbour
- The harbour gets a second pump house before the winter storms.
- The town pays one half of it and the port the other half.
What happened: The council has voted for a second pump house
The council of Nordhaven voted on Monday for a second pump house. It will stand beside the first.
Also Read: Why the old pumps failed twice
Why it matters
Two storms flooded the fish market last year. A second house halves the risk.
By Ines CalderMarch 3, 2026No Comments2 Mins Read
"""


def run(*paths: Path, **options: object) -> str:
    out = StringIO()
    call_command("import_trends", *map(str, paths), stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(PAGE)
    return path


def test_it_works(page: Path) -> None:
    said = run(page)
    article = Article.objects.get()
    assert article.title == "A new pump house for the harbour"
    assert "voted on Monday" in article.lede
    assert "halves the risk" in article.analysis
    assert article.key_points.count() == 2
    assert [link.label for link in article.related_links.all()] == [
        "Why the old pumps failed twice"
    ]
    assert "1 files: 1 imported" in said


def test_it_never_publishes(page: Path) -> None:
    run(page)
    assert not Edition.objects.exists()
    assert Article.objects.get().stage == "draft"


def test_the_same_page_again_changes_nothing(page: Path) -> None:
    run(page)
    version = Article.objects.get().version
    assert "1 unchanged" in run(page)
    assert Article.objects.get().version == version
    assert LegacyDocument.objects.count() == 1


def test_the_piece_at_another_address_is_the_same_piece(page: Path, tmp_path: Path) -> None:
    run(page)
    other = tmp_path / "amp.txt"
    other.write_text(PAGE.replace("/en/water/harbour-pumps/", "/harbour-pumps?amp=1"))
    run(other)
    assert Article.objects.count() == 1


def test_a_changed_source_updates_what_nobody_edited(page: Path) -> None:
    run(page)
    article = Article.objects.get()
    article.analysis = "<p>Our own words.</p>"
    article.save()
    article.record_revision(by=None)
    page.write_text(PAGE.replace("on Monday", "on Tuesday").replace("halves", "ends"))
    said = run(page)
    article.refresh_from_db()
    assert "on Tuesday" in article.lede
    assert article.analysis == "<p>Our own words.</p>"
    assert "1 updated" in said
    assert "edited here since, kept: Analysis" in said


def test_evidence_keeps_its_number_when_it_is_imported_again(page: Path) -> None:
    quote = "“It was only a matter of time before the water came.”\n——Ines Calder, harbour master\n"
    page.write_text(PAGE.replace("Also Read", quote + "Also Read"))
    run(page)
    before = list(Evidence.objects.values_list("key", "number"))
    assert before
    page.write_text(page.read_text().replace("on Monday", "on Tuesday"))
    run(page)
    assert list(Evidence.objects.values_list("key", "number")) == before


def test_an_unknown_author_has_to_be_resolved(page: Path) -> None:
    run(page)
    author = Author.objects.get()
    assert (author.name, author.unresolved) == ("Ines Calder", True)
    codes = [i.code for i in Article.objects.get().readiness() if i.level == "block"]
    assert codes == ["author-unresolved"]


def test_a_known_author_is_taken(page: Path) -> None:
    Author.objects.create(name="Ines Calder", slug="ines", bio="Covers water.")
    run(page)
    assert [b.author.slug for b in Article.objects.get().bylines.all()] == ["ines"]


def test_the_old_address_leads_to_it(page: Path) -> None:
    run(page)
    assert Address.objects.get().path == "/en/water/harbour-pumps/"


def test_an_also_read_finds_its_trend_when_that_is_imported(page: Path, tmp_path: Path) -> None:
    run(page)
    link = Article.objects.get().related_links.get()
    assert link.target is None
    other = tmp_path / "old-pumps.txt"
    other.write_text("Why the old pumps failed twice\n\nWhat happened\nBoth pumps stood still.\n")
    run(other)
    link.refresh_from_db()
    assert link.target == Article.objects.get(title="Why the old pumps failed twice")


def test_a_line_that_all_pages_repeat_is_template(tmp_path: Path) -> None:
    paths = [tmp_path / f"page-{n}.txt" for n in range(3)]
    for n, path in enumerate(paths):
        news = f"The council of ward {n} voted {n} times for pumps. Nobody knows why they did so."
        path.write_text(
            f"Ward {n} votes for pumps\n\nWhat happened\n{news}\nThe harbour letter, daily\n"
        )
    run(*paths)
    assert Article.objects.count() == 3
    assert not [a for a in Article.objects.all() if "harbour letter" in str(a.snapshot())]


def test_a_dry_run_writes_nothing(page: Path) -> None:
    assert "nothing was written" in run(page, dry_run=True)
    assert not Article.objects.exists()
    assert not LegacyDocument.objects.exists()


def test_the_report_counts_everything_in(page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    report = tmp_path / "report.json"
    run(page, empty, tmp_path / "missing.txt", report=report)
    items = json.loads(report.read_text())
    assert [item["status"] for item in items] == ["imported", "skipped", "skipped"]
    assert items[0]["pending"] == ["evidence", "actions"]
    assert all(item["reason"] for item in items[1:])


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No file could be imported"):
        run(tmp_path / "missing.txt")


def test_what_is_too_long_for_its_column_is_cut_and_kept_in_a_note(page: Path) -> None:
    role = "master of " + "the outer and the inner and " * 9 + "the old harbour"
    quote = f"“It was only a matter of time before the water came.”\n——Ines Calder, {role}\n"
    page.write_text(PAGE.replace("Also Read", quote + "Also Read"))
    said = run(page)
    assert len(Evidence.objects.get().speaker_role) <= 200
    assert "too-long: Cut to 200 characters" in said
    assert role in said


@needs_corpus
def test_the_seed_page() -> None:
    run(CORPUS / "trend-page.txt")
    article = Article.objects.get()
    assert [link.label for link in article.related_links.all()] == [
        "Foxconn and SoftBank turn Ohio plant into Stargate hub",
        "Top tech news today: 7 July, 2025",
    ]
    assert article.pending_sections() == ["evidence", "actions", "author"]
    assert article.key_points.count() == 2
    assert article.standfirst.endswith(".")
    assert not text.is_cut(article.standfirst)
    for section in (article.lede, article.context, article.analysis):
        assert richtext.plain(section)
        assert not text.find_also_read(richtext.plain(section))


@needs_corpus
def test_no_marker_label_or_placeholder_is_left_in_any_page() -> None:
    files = sorted((CORPUS / "legacy-pages").glob("*.txt"))
    assert len(files) == 10
    run(*files)
    assert Article.objects.count() == 10
    for article in Article.objects.all():
        rows = [*article.key_points.all(), *article.actions.all()]
        prose = (article.lede, article.context, article.analysis)
        texts = [article.title, article.standfirst, *map(richtext.plain, prose), *map(str, rows)]
        for words in texts:
            assert not text.find_also_read(words)
            assert not text.find_placeholders(words)
            assert not any(text.glued_label(line) for line in words.split("\n"))
            assert "Mins Read" not in words
