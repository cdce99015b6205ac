"""Evidence is cited by keyboard, before anything is saved, and made from what is pasted."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.desk import logged_in
from tests.people import person
from trends.models import Article
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "“It goes west.” — Anna Berg, harbour master"


@pytest.fixture
def article(page: Page, live_server: LiveServer) -> Article:
    """Wes before a piece of his with two pieces of evidence, and a key point."""
    wes = person("wes")
    evidence = [{"claim": "It goes", "publisher": "Norlake Times"}, {"claim": "420 people came"}]
    article = make_article(
        "Norlake", by=wes, lede="So it is", evidence=evidence, key_points=["It goes (they say)"]
    )
    logged_in(page, live_server.url, "wes")
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    return article


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def picker(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Cite evidence")


def open_picker(page: Page) -> None:
    page.keyboard.press("Control+Shift+e")
    expect(page.get_by_role("combobox", name="Find evidence")).to_be_focused()


def save(page: Page, article: Article) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("successfully")
    article.refresh_from_db()


def test_citing_by_keyboard(page: Page, article: Article) -> None:
    box(page, "Headline").click()
    page.keyboard.press("Control+End")
    open_picker(page)
    expect(picker(page).get_by_role("option")).to_have_text(
        ["E1 It goes Norlake Times", "E2 420 people came ", "New evidence…"]
    )
    page.keyboard.press("ArrowDown")
    expect(picker(page).get_by_role("option", selected=True)).to_contain_text("E2")
    page.keyboard.press("Enter")
    expect(picker(page)).to_have_count(0)
    open_picker(page)
    page.keyboard.type("times")
    expect(picker(page).get_by_role("option")).to_have_count(2)
    page.keyboard.press("Enter")
    page.keyboard.type(" at last.")
    save(page, article)
    assert article.lede == "<p>So it is [[E2]] [[E1]] at last.</p>"


def test_escape_gives_the_focus_back(page: Page, article: Article) -> None:
    page.get_by_role("toolbar", name="Context: formatting").get_by_label("Cite evidence").click()
    expect(page.get_by_role("combobox", name="Find evidence")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box(page, "Context")).to_be_focused()
    page.keyboard.type("Here.")
    expect(box(page, "Context")).to_have_text("Here.")


def test_citing_what_is_not_saved_yet(page: Page, article: Article) -> None:
    box(page, "Headline").click()
    page.keyboard.press("Control+End")
    open_picker(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    row = page.get_by_role("group", name="E3", exact=True)
    expect(row.locator(".row-name")).to_have_text("E3")
    expect(box(page, "Headline")).to_be_focused()
    row.get_by_label("Claim:").fill("It comes back")
    save(page, article)
    assert article.lede == "<p>So it is [[E3]]</p>"
    assert article.evidence.get(number=3).claim == "It comes back"


def test_citing_in_a_key_point(page: Page, article: Article) -> None:
    key_point = page.locator("#key_points-0")
    key_point.get_by_role("button", name="Cite").click()
    picker(page).get_by_role("option", name="E2").click()
    field = key_point.get_by_label("Text:")
    expect(field).to_be_focused()
    expect(field).to_have_value("It goes (they say) [[E2]]")
    page.keyboard.press("Home")
    for _ in "It goes":
        page.keyboard.press("ArrowRight")
    open_picker(page)
    page.keyboard.press("Enter")
    save(page, article)
    assert article.key_points.get().text == "It goes [[E1]] (they say) [[E2]]"


def test_the_page_asks_for_a_citation(page: Page, article: Article) -> None:
    """Whatever else starts it does so by this event."""
    page.get_by_role("button", name="Add another Key point").click()
    page.locator("#id_key_points-1-text").fill("New")
    page.evaluate("document.dispatchEvent(new Event('desk:cite'))")
    expect(picker(page)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#id_key_points-1-text")).to_have_value("New [[E1]]")


def test_a_hasty_enter_does_not_send_the_form(page: Page, article: Article) -> None:
    """The list comes over the network, once: on a slow one somebody presses Enter before."""
    held: list[Route] = []
    page.route("**/cite-picker*.js", lambda route: held.append(route))
    field = page.locator("#key_points-0").get_by_label("Text:")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.press("Control+Shift+e")
    page.keyboard.press("Enter")
    expect(picker(page)).to_have_count(0)
    assert len(held) == 1
    held[0].continue_()
    expect(picker(page)).to_be_visible()
    page.keyboard.press("Enter")
    expect(field).to_have_value("It goes (they say) [[E1]]")


def test_marks_tell_what_they_cite(page: Page, article: Article) -> None:
    box(page, "Context").click()
    page.keyboard.type("Yes [[E1]] and [[E9]]")
    mark, lost = box(page, "Context").locator(".mark").all()
    expect(mark).to_have_attribute("title", "It goes")
    expect(lost).to_have_attribute("title", "There is no E9 in Evidence.")


def paste(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    box(page, "Paste a link or a quotation").click()
    page.keyboard.press("Control+v")


def test_a_link_is_pasted(page: Page, article: Article) -> None:
    paste(page, "Annual report – https://norlake.example/report.pdf")
    row = page.get_by_role("group", name="E3", exact=True)
    expect(row.get_by_label("Claim:")).to_be_focused()
    expect(box(page, "Paste a link or a quotation")).to_have_value("")
    page.keyboard.type("It goes on")
    save(page, article)
    new = article.evidence.get(number=3)
    assert (new.claim, new.source_title, new.publisher, new.kind) == (
        "It goes on", "Annual report", "norlake.example", "document"
    )  # fmt: skip


def test_a_quotation_and_a_claim_are_pasted(page: Page, article: Article) -> None:
    paste(page, f"{SAID}\nIt goes west")
    expect(page.locator(".quick [role=status]")).to_have_text("Added E3, E4. Not saved yet.")
    page.keyboard.type("Where it goes")
    save(page, article)
    said, other = article.evidence.filter(number__gt=2)
    assert (said.kind, said.excerpt, said.speaker) == ("quote", "It goes west.", "Anna Berg")
    assert (said.speaker_role, other.claim) == ("harbour master", "It goes west")


def test_what_the_desk_does_not_take_stays(page: Page, article: Article) -> None:
    page.route("**/quick-evidence/", lambda route: route.fulfill(status=200, body="Log in"))
    paste(page, SAID)
    expect(page.locator(".quick [role=status]")).to_contain_text("stays here")
    expect(box(page, "Paste a link or a quotation")).to_have_value(SAID)
    expect(box(page, "Paste a link or a quotation")).to_be_editable()


def test_everybody_can_use_it(page: Page, article: Article) -> None:
    page.get_by_role("button", name="Add another Piece of evidence").click()
    assert faults(page, "#section-evidence") == []
    box(page, "Headline").click()
    open_picker(page)
    assert faults(page, "dialog") == []


def test_the_verdict_fits_a_small_screen(page: Page, article: Article) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    for name in ("Verdict:", "Independence:"):
        size = page.get_by_role("group", name="E1", exact=True).get_by_label(name).bounding_box()
        assert size is not None
        assert size["width"] > 100
        assert size["x"] + size["width"] <= 390


def faults(page: Page, place: str) -> list[str]:
    found = Axe().run(page, context=place, options={"preload": False}).response["violations"]
    return [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]


def test_the_box_works_without_a_script(
    browser: Browser, page: Page, article: Article, live_server: LiveServer
) -> None:
    plain = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    form = plain.new_page()
    form.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    box(form, "Paste a link or a quotation").fill("It goes west")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.locator(".messagelist")).to_contain_text("successfully")
    plain.close()
    assert article.evidence.get(number=3).claim == "It goes west"
