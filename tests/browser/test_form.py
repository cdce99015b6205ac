"""The form of a piece for who is in a hurry: panel, keys, folds, and how much it loads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import log_in, logged_in
from tests.people import person
from trends.models import Article, Author, Topic
from trends.models.making import make_article, make_author

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Of the desk's own scripts and sheets; the editor, which is a package with parts of ours,
# is not counted.
MOST_BYTES = 60 * 1024
EDITOR = ("editor-picture.js", "editor.css")


@pytest.fixture
def article(db: None) -> Article:
    # The first transactional test empties the database, roles too; person() makes them again.
    return make_article("The ferry runs on waste heat", by=person("ada"), evidence=["Ten trips"])


@pytest.fixture
def form(page: Page, live_server: LiveServer, article: Article) -> Page:
    """Ada before the form of that piece, with the panel filled."""
    logged_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    expect(page.locator("#panel .summary")).to_be_visible()
    return page


def focused(page: Page) -> str:
    """The id of what has the focus, or of the section around it."""
    return str(page.evaluate(
        "() => document.activeElement.id || document.activeElement.closest('section').id"
    ))  # fmt: skip


def test_the_panel_follows_what_is_typed(form: Page) -> None:
    panel = form.locator("#panel")
    expect(panel).to_contain_text("The standfirst is empty.")
    form.locator("#id_standfirst").fill("The town heats its baths with a data hall next door.")
    expect(panel).not_to_contain_text("The standfirst is empty.")
    expect(form.locator("#readiness-said")).to_contain_text("before publishing")
    assert focused(form) == "id_standfirst"
    form.get_by_role("textbox", name="Context", exact=True).click()
    form.keyboard.type("Ten trips a day.")
    expect(form.locator("#section-context .chip")).to_have_text("done")


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        ("The standfirst is empty.", "id_standfirst"),
        ("The Headline is empty.", "section-lede"),
        ("The use of AI is not stated.", "id_ai_use"),  # in a fold
        ("E1 names its source with neither title nor address.", "id_evidence-0-source_title"),
    ],
)
def test_a_line_of_the_panel_leads_to_its_field(form: Page, fault: str, place: str) -> None:
    form.locator("#panel").get_by_role("link", name=fault).click()
    assert focused(form) == place
    expect(form.locator(f"#{place}")).to_be_in_viewport()


def test_a_link_from_elsewhere_opens_the_fold(form: Page) -> None:
    form.goto(f"{form.url}#id_ai_use")
    expect(form.locator("#id_ai_use")).to_be_in_viewport()


def test_sections_and_rows_by_key(form: Page) -> None:
    form.keyboard.press("Alt+Shift+Digit7")  # as on Linux
    assert focused(form) == "section-key_points"
    form.keyboard.press("Alt+Shift+KeyN")
    expect(form.locator("#id_key_points-0-text")).to_be_focused()
    form.keyboard.type("One")
    form.keyboard.press("Alt+Shift+KeyN")
    expect(form.locator("#id_key_points-1-text")).to_be_focused()
    form.keyboard.press("Control+s")
    expect(form.locator(".messagelist")).to_contain_text("successfully")


def test_the_sheet_of_keys(form: Page) -> None:
    form.locator("#id_title").press("?")
    expect(form.get_by_role("dialog")).to_have_count(0)
    form.get_by_role("button", name="Keys").click()
    expect(form.get_by_role("dialog", name="Keys")).to_contain_text("Alt + Shift")
    form.keyboard.press("Escape")
    expect(form.get_by_role("dialog")).to_have_count(0)
    form.get_by_role("button", name="Keys").press("?")
    expect(form.get_by_role("dialog", name="Keys")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(form: Page, width: int, scheme: str) -> None:
    form.set_viewport_size({"width": width, "height": 900})
    form.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    form.reload()  # colours that are still fading have no contrast yet
    expect(form.locator("#panel .summary")).to_be_attached()
    form.evaluate(
        "() => document.querySelectorAll('details').forEach((one) => { one.open = true })"
    )
    found = Axe().run(form, options={"preload": False})  # preloading asks for sheets
    assert found.violations_count == 0, found.generate_report()
    wide = form.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width


@pytest.fixture
def loaded(page: Page) -> list[str]:
    """Paths of the desk's own files that the page loads."""
    paths: list[str] = []

    def note(response: Response) -> None:
        _, found, name = response.url.partition("/admin-desk/")
        if found:
            paths.append(name)

    page.on("response", note)
    return paths


def test_the_form_loads_little(loaded: list[str], form: Page) -> None:
    loaded.clear()
    form.reload()
    expect(form.locator("#panel .summary")).to_be_visible()
    ours = {name for name in loaded if not name.endswith(EDITOR)}
    assert {"keys.js", "panel.js", "forms.css"} <= ours
    assert not [name for name in ours if "chooser" in name or name.startswith("upload.js")]
    folder = Path(settings.BASE_DIR) / "static/admin-desk"
    sizes = {name: (folder / name).stat().st_size for name in ours}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_the_library_comes_when_it_is_opened(loaded: list[str], form: Page) -> None:
    form.get_by_role("button", name="Choose a picture…").click()
    expect(form.get_by_role("dialog", name="Choose a picture")).to_be_visible()
    assert {"chooser.js", "chooser.css"} <= set(loaded)


def test_an_author_and_a_topic_are_added_without_leaving(form: Page) -> None:
    with form.expect_popup() as opened:
        form.locator("#add_id_topic").click()
    opened.value.get_by_label("Name:").fill("Ferries")
    opened.value.get_by_label("Slug:").fill("ferries")
    opened.value.get_by_role("button", name="Save").click()
    expect(form.locator("#id_topic")).to_have_value(str(Topic.objects.get().pk))
    form.get_by_role("button", name="Add another Author").click()
    with form.expect_popup() as opened:
        form.locator("#add_id_bylines-0-author").click()
    opened.value.get_by_label("Name:").fill("Ines Calder")
    opened.value.get_by_label("Slug:").fill("ines-calder")
    opened.value.get_by_role("button", name="Save").click()
    author = form.locator("#id_bylines-0-author")
    expect(author).to_have_value(str(Author.objects.get().pk))


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_a_script(plain: Page, live_server: LiveServer, article: Article) -> None:
    author = make_author("Wes Quill")
    log_in(plain, live_server.url, "ada")
    plain.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    plain.locator("#section-key_points").get_by_role("link", name="Show blank rows").click()
    plain.locator("#id_key_points-0-text").fill("It makes ten trips a day.")
    plain.locator("#id_bylines-1-author").select_option(label="Wes Quill")
    plain.locator("#id_lede").fill("<p>It runs.</p>")
    plain.locator("#section-actions summary").click()
    plain.locator("#id_not_needed_actions").fill("Nothing to do")
    plain.locator("#section-context summary").click()
    plain.locator("#id_owner_context").select_option(label="Ada")
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator(".messagelist")).to_contain_text("successfully")
    article.refresh_from_db()
    assert article.lede == "<p>It runs.</p>"
    assert article.bylines.get().author == author
    assert article.key_points.get().text == "It makes ten trips a day."
    assert article.not_needed == {"actions": "Nothing to do"}
    assert article.assignments.get().section == "context"
    plain.get_by_role("link", name="Check it").click()
    expect(plain.locator("#panel")).to_contain_text("The standfirst is empty.")
    plain.get_by_role("link", name="Submit").first.click()
    plain.get_by_role("button", name="Submit").click()
    article.refresh_from_db()
    assert article.stage == "in_review"
