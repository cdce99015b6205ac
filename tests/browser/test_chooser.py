"""A writer chooses pictures in a real browser: for the head of a piece and for its text."""

import io
import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image as Pillow
from playwright.sync_api import FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.browser.test_desk import box, save
from tests.people import person
from trends.models import Article, Image
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Ingest = Callable[..., Image]


def a_png(colour: str, size: tuple[int, int] = (1600, 900)) -> bytes:
    file = io.BytesIO()
    Pillow.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def ingest(live_server: LiveServer) -> Ingest:
    """ingest("teal", alt_text=…) puts a picture of one colour into the library."""

    def make(colour: str, **words: str) -> Image:
        given = {"alt_text": f"A {colour} wall", "credit": "Ida Holm"} | words
        image: Image = Image.objects.ingest(a_png(colour), name=f"{colour}.png", **given)
        return image

    return make


@pytest.fixture
def wes_edits(page: Page, live_server: LiveServer) -> Page:
    """Wes before a piece of his."""
    article = make_article("The ferry", by=person("wes"), context="<p>It runs on heat.</p>")
    logged_in(page, live_server.url, "wes")
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    return page


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog")


def choose(page: Page) -> Locator:
    page.get_by_role("button", name=re.compile("^Choose (a|another) picture…$")).click()
    return dialog(page)


def option(page: Page, name: str) -> Locator:
    return page.get_by_role("option", name=re.compile(name))


def context(page: Page) -> Locator:
    """The editor of the context."""
    return box(page, "Context")


def add_picture(page: Page, name: str) -> None:
    """By the button of the context's editor."""
    toolbar = page.get_by_role("toolbar", name="Context: formatting")
    toolbar.get_by_label("picture").click()
    option(page, name).click()
    expect(context(page).get_by_role("figure").first).to_be_visible()


def no_violations(page: Page) -> None:
    # Without loading style sheets a second time, as inline ones, which the policy forbids.
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()


# --- the hero ---


def test_a_hero_is_chosen_by_keyboard(wes_edits: Page, ingest: Ingest) -> None:
    page, teal = wes_edits, ingest("teal")
    ingest("maroon")
    page.get_by_role("button", name="Choose a picture…").press("Enter")
    expect(dialog(page).get_by_role("status").first).to_contain_text("2 pictures")
    no_violations(page)
    option(page, "maroon").focus()
    page.keyboard.press("ArrowRight")
    expect(option(page, "teal")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Choose another picture…")).to_be_focused()
    expect(page.locator("#unsaved")).to_have_text("Not saved yet.")
    expect(page.locator(".picture-face")).to_contain_text("A teal wall")
    assert save(page).hero == teal
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Choose a picture…")).to_be_focused()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    assert save(page).hero is None


def test_escape_leaves_everything_as_it_was(wes_edits: Page, ingest: Ingest) -> None:
    page = wes_edits
    ingest("teal")
    box(page, "Title:").fill("Typed before")
    choose(page)
    expect(option(page, "teal")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Choose a picture…")).to_be_focused()
    article = save(page)
    assert (article.title, article.hero) == ("Typed before", None)


def test_the_library_is_searched_and_paged(wes_edits: Page, ingest: Ingest) -> None:
    page = wes_edits
    image = ingest("teal")
    for number in range(25):
        image.pk, image.alt_text, image.original_name = None, f"Wall {number}", "wall.png"
        image.save(force_insert=True)
    chooser = choose(page)
    cards = chooser.locator("[role=option]")
    expect(cards).to_have_count(24)
    page.get_by_role("button", name="Show more").click()
    expect(cards).to_have_count(26)
    expect(cards.nth(24)).to_be_focused()
    chooser.get_by_role("searchbox").fill("teal")
    expect(cards).to_have_count(1)
    chooser.get_by_role("searchbox").fill("nothing of that")
    expect(chooser.get_by_role("status").first).to_contain_text("No picture is found")


def test_on_a_phone_at_night(wes_edits: Page, ingest: Ingest) -> None:
    page = wes_edits
    ingest("teal", credit="")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    chooser = choose(page)
    expect(option(page, "teal")).to_be_visible()
    no_violations(page)
    option(page, "teal").click()
    expect(page.get_by_label("Credit")).to_be_visible()
    no_violations(page)
    assert chooser.evaluate("(dialog) => dialog.scrollWidth <= dialog.clientWidth")


def test_who_is_logged_out_is_told_so(wes_edits: Page) -> None:
    page = wes_edits
    # What the form itself says and asks every now and then would be refused, too.
    page.wait_for_load_state("networkidle")
    page.route("**/autosave/", lambda route: route.fulfill(json={"said": ""}))
    page.route("**/check/", lambda route: route.fulfill(body=""))
    page.context.clear_cookies()
    expect(choose(page).get_by_role("status").first).to_contain_text("You are logged out")


def test_a_file_that_misses_the_zone_is_uploaded(wes_edits: Page) -> None:
    page = wes_edits
    chooser = choose(page)
    expect(chooser.get_by_role("searchbox")).to_be_visible()
    numbers = list(a_png("orange", (64, 64)))
    dropped = page.evaluate_handle(
        """(numbers) => {
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(numbers)], "wall.png", {type: "image/png"}));
            return files;
        }""",
        numbers,
    )
    chooser.dispatch_event("drop", {"dataTransfer": dropped})
    expect(page.get_by_role("heading", name="Words for this picture")).to_be_visible()
    assert Image.objects.get().original_name == "wall.png"


def test_a_picture_is_uploaded_described_and_chosen(wes_edits: Page) -> None:
    page = wes_edits
    box(page, "Title:").fill("Typed before")
    upload(page)
    expect(page.get_by_role("heading", name="Words for this picture")).to_be_visible()
    no_violations(page)
    page.get_by_label("Alt text").fill("A wide orange field")
    page.get_by_label("Credit").fill("Ida Holm")
    page.keyboard.press("Control+s")  # what is in front is saved, not the piece behind it
    expect(dialog(page)).to_have_count(0)
    expect(page.locator(".picture-face")).to_contain_text("A wide orange field")
    assert Article.objects.get().hero is None
    article = save(page)
    assert article.title == "Typed before"
    assert article.hero is not None
    assert (article.hero.alt_text, article.hero.credit) == ("A wide orange field", "Ida Holm")


def upload(page: Page) -> None:
    file = FilePayload(name="field.png", mimeType="image/png", buffer=a_png("orange"))
    choose(page).locator("input[type=file]").set_input_files(file)


def test_words_can_wait(wes_edits: Page) -> None:
    page = wes_edits
    upload(page)
    page.get_by_role("button", name="Skip for now").click()
    expect(page.locator(".picture-face")).to_contain_text("No alt text")
    assert save(page).hero == Image.objects.get()


def test_typed_words_are_not_dropped_by_a_slip(wes_edits: Page, ingest: Ingest) -> None:
    page = wes_edits
    ingest("teal", alt_text="")
    choose(page)
    option(page, "teal.png").click()
    page.get_by_label("Alt text").fill("Typed")
    page.keyboard.press("Escape")
    expect(dialog(page).get_by_role("status").first).to_contain_text("not saved yet")
    expect(page.get_by_label("Alt text")).to_have_value("Typed")


def test_what_the_file_says_is_taken_over(wes_edits: Page, ingest: Ingest) -> None:
    page, image = wes_edits, ingest("teal", credit="")
    Image.objects.update(suggested={"credit": "Norlake Photo"})
    choose(page)
    option(page, "teal").click()
    page.get_by_role("button", name="Use it for the credit").click()
    expect(page.get_by_label("Credit")).to_have_value("Norlake Photo")
    page.get_by_role("button", name="Save and use it").click()
    expect(page.locator(".picture-face")).to_contain_text("Norlake Photo")
    image.refresh_from_db()
    assert image.credit == "Norlake Photo"


# --- pictures in the text ---


def test_a_picture_stands_in_the_text(wes_edits: Page, ingest: Ingest) -> None:
    page, teal = wes_edits, ingest("teal", caption="The quay")
    context(page).click()
    add_picture(page, "teal")
    expect(page.locator("#unsaved")).to_have_text("Not saved yet.")
    page.keyboard.type("And then.")
    figure = f'<figure data-picture="{teal.pk}"></figure>'
    assert save(page).context == f"<p>It runs on heat.</p>{figure}<p>And then.</p>"
    shown = context(page).get_by_role("figure")
    expect(shown).to_contain_text("The quay")
    expect(shown).to_contain_text("Ida Holm")
    expect(shown.get_by_role("img", name="A teal wall")).to_be_visible()
    no_violations(page)
    count = Article.objects.get().revisions.count()
    save(page)  # untouched
    assert Article.objects.get().revisions.count() == count


def test_a_picture_moves_goes_and_comes_back(wes_edits: Page, ingest: Ingest) -> None:
    page, teal = wes_edits, ingest("teal")
    figure, text = f'<figure data-picture="{teal.pk}"></figure>', "<p>It runs on heat.</p>"
    context(page).click()
    add_picture(page, "teal")
    context(page).get_by_role("img").click()
    page.keyboard.press("Alt+ArrowUp")
    assert save(page).context == figure + text
    context(page).get_by_role("figure").get_by_role("button", name="Move down").click()
    assert save(page).context == text + figure
    context(page).get_by_role("img").click()
    page.keyboard.press("Delete")
    expect(context(page).get_by_role("figure")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(context(page).get_by_role("figure")).to_have_count(1)
    assert save(page).context == text + figure


def test_a_picture_is_dragged(wes_edits: Page, ingest: Ingest) -> None:
    page, teal = wes_edits, ingest("teal")
    context(page).click()
    add_picture(page, "teal")
    text = context(page).get_by_text("It runs on heat.")
    context(page).get_by_role("img").drag_to(text, target_position={"x": 2, "y": 2})
    assert (
        save(page).context == f'<figure data-picture="{teal.pk}"></figure><p>It runs on heat.</p>'
    )


def test_a_picture_is_replaced_by_keyboard(wes_edits: Page, ingest: Ingest) -> None:
    page = wes_edits
    ingest("teal")
    maroon = ingest("maroon")
    context(page).click()
    add_picture(page, "teal")
    for key in ("ArrowUp", "Tab", "Enter"):  # to the picture, to its first button
        page.keyboard.press(key)
    expect(option(page, "teal")).to_have_attribute("aria-selected", "true")
    option(page, "maroon").press("Enter")
    expect(context(page).get_by_role("img", name="A maroon wall")).to_be_visible()
    figure = f'<figure data-picture="{maroon.pk}"></figure>'
    assert save(page).context == f"<p>It runs on heat.</p>{figure}"


def test_a_text_of_one_picture_is_not_empty(wes_edits: Page, ingest: Ingest) -> None:
    page, teal = wes_edits, ingest("teal")
    article = Article.objects.get()
    article.analysis = figure = f'<figure data-picture="{teal.pk}"></figure>'
    article.save()
    page.reload()
    analysis = box(page, "Analysis")
    analysis.get_by_role("img").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    assert save(page).analysis == figure


def test_words_of_a_picture_are_edited_in_the_text(wes_edits: Page, ingest: Ingest) -> None:
    page = wes_edits
    ingest("teal")
    context(page).click()
    add_picture(page, "teal")
    context(page).get_by_role("button", name="Edit words…").click()
    page.get_by_label("Caption").fill("The quay at noon")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(context(page).get_by_role("figure")).to_contain_text("The quay at noon")
    assert Image.objects.get().caption == "The quay at noon"
