"""Notes in a browser: Ada mentions Wes while she writes, he answers, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.admin.noting import complain
from tests.browser.desk import log_in, logged_in
from tests.people import person
from trends.models import Article, Note, Notice
from trends.models.making import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STANDFIRST = "The ferry heats the baths of the town, and nobody has paid for it yet."


@pytest.fixture
def article() -> Article:
    person("ada")
    return make_article("The ferry runs on waste heat", by=person("wes"), context="Ten trips.")


@pytest.fixture
def form(page: Page, live_server: Any, article: Article) -> Page:
    """Ada before the form of the piece."""
    return open_form(page, live_server.url, article)


@pytest.fixture
def refusals(browser: Browser, live_server: Any, article: Article) -> Iterator[Page]:
    """The same, where the console may say that the server refused something."""
    context = browser.new_context()
    yield open_form(context.new_page(), live_server.url, article)
    context.close()


def open_form(page: Page, server: str, article: Article) -> Page:
    logged_in(page, server, "ada")
    page.goto(f"{server}/admin/trends/article/{article.pk}/change/")
    expect(page.locator("#panel .summary")).to_be_visible()
    return page


def link(page: Page, section: str) -> Locator:
    return page.locator(f"#section-{section} a[data-notes]")


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Notes")


def text_of(page: Page) -> Locator:
    return dialog(page).get_by_role("textbox", name="Note:")


def test_a_mention_while_writing(
    form: Page, new_page: Callable[[], Page], live_server: Any, article: Article
) -> None:
    form.locator("#id_standfirst").fill(STANDFIRST)
    link(form, "context").click()
    expect(text_of(form)).to_be_focused()
    form.keyboard.type("Who counted them, @w")
    names = dialog(form).get_by_role("listbox", name="Colleagues")
    expect(names.get_by_role("option")).to_have_text(["@wes Wes"])
    form.keyboard.press("Enter")
    expect(text_of(form)).to_have_value("Who counted them, @wes ")
    dialog(form).get_by_role("button", name="Add note").click()
    expect(dialog(form).get_by_role("status")).to_contain_text("Wes has been told.")
    form.keyboard.press("Escape")
    expect(dialog(form)).to_have_count(0)
    expect(link(form, "context")).to_have_text("Notes on Context (1)")
    expect(link(form, "context")).to_be_focused()
    expect(form.locator("#id_standfirst")).to_have_value(STANDFIRST)
    form.keyboard.press("Control+s")
    expect(form.locator(".messagelist")).to_contain_text("successfully")
    article.refresh_from_db()
    assert article.standfirst == STANDFIRST
    assert Notice.objects.get().user.username == "wes"

    wes = log_in(new_page(), live_server.url, "wes")
    wes.get_by_role("navigation", name="Desk").get_by_role("link", name="Notes").click()
    wes.get_by_role("link", name=article.title).click()
    wes.get_by_text("Reply…").click()
    wes.get_by_role("textbox", name="Reply").fill("The harbour did.")
    wes.get_by_role("button", name="Send reply").click()
    expect(wes.get_by_role("list", name="Replies")).to_contain_text("The harbour did.")
    wes.get_by_role("button", name="Close note").click()
    expect(wes.locator(".messagelist")).to_contain_text("Closed:")
    assert Notice.objects.filter(user__username="ada").exists()
    assert not Note.objects.open().exists()


def test_names_come_for_who_types_faster_than_the_network(form: Page) -> None:
    held: list[Route] = []
    form.route("**/mention*.js", lambda route: held.append(route))
    with form.expect_request("**/mention*.js"):
        link(form, "context").click()
        text_of(form).press_sequentially("@w")
    held[0].continue_()
    names = dialog(form).get_by_role("listbox", name="Colleagues")
    expect(names.get_by_role("option")).to_have_text(["@wes Wes"])
    names.get_by_role("option").click()
    expect(text_of(form)).to_have_value("@wes ")


def test_what_the_desk_does_not_take_stays(form: Page) -> None:
    form.route("**/notes/?section=context&part=1", refuse_posts)
    link(form, "context").click()
    text_of(form).fill("Who counted them?")
    dialog(form).get_by_role("button", name="Add note").click()
    expect(dialog(form).get_by_role("status")).to_contain_text("Your words stay here")
    expect(text_of(form)).to_have_value("Who counted them?")
    leave = dialog(form).get_by_role("button", name="Back to the piece")
    leave.click()
    expect(dialog(form).get_by_role("status")).to_contain_text("leave again to drop it")
    leave.click()
    expect(dialog(form)).to_have_count(0)


def refuse_posts(route: Route) -> None:
    """As when a session has ended: the login page answers."""
    if route.request.method == "POST":
        route.fulfill(status=200, body="<h1>Log in</h1>")
    else:
        route.continue_()


def test_a_name_that_nobody_has(refusals: Page) -> None:
    form = refusals
    link(form, "lede").click()
    text_of(form).fill("As @norlake wrote")
    add = dialog(form).get_by_role("button", name="Add note")
    add.click()
    expect(dialog(form).locator(".errorlist")).to_contain_text("Nobody here is called “@norlake”")
    expect(text_of(form)).to_have_value("As @norlake wrote")
    add.click()
    expect(dialog(form).get_by_role("list", name="Open notes")).to_contain_text("@norlake")


def test_the_panel_leads_to_the_notes(form: Page, article: Article) -> None:
    complain(article)
    form.reload()
    form.locator("#panel").get_by_role("link", name="1 note is open.").click()
    expect(dialog(form)).to_contain_text("That is not so.")


def test_a_complaint_is_taken_and_closed(
    refusals: Page, live_server: Any, article: Article
) -> None:
    page = refusals
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/notes/")
    expect(page.get_by_label("Deadline")).to_be_hidden()
    page.get_by_label("Kind").select_option(label="Reader’s complaint")
    page.get_by_role("textbox", name="Note").fill("Nine trips, not ten.")
    page.get_by_label("Deadline").fill(str(timezone.localdate() + timedelta(days=3)))
    page.get_by_label("From").fill("Rosa Reader")
    page.get_by_role("button", name="Add note").click()
    thread = page.get_by_role("listitem").filter(has_text="Nine trips")
    expect(thread).to_contain_text("3 days left")
    expect(thread).to_contain_text("From: withheld")
    thread.get_by_text("Close with an outcome…").click()
    thread.get_by_role("button", name="Close note").click()
    expect(page.locator(".errorlist")).to_contain_text("enter what came of it")
    page.get_by_role("textbox", name="Outcome").fill("Corrected.")
    page.get_by_role("button", name="Close note").click()
    expect(page.get_by_text("Closed by Ada: Corrected.")).to_be_visible()


def test_without_a_script(browser: Browser, live_server: Any, article: Article) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    logged_in(page, live_server.url, "ada")
    page.goto(f"{live_server.url}/admin/trends/article/{article.pk}/change/")
    with page.expect_popup() as opened:  # the form stays as it is
        link(page, "context").click()
    notes = opened.value
    notes.get_by_role("textbox", name="Note").fill("Who counted them, @wes?")
    notes.get_by_role("button", name="Add note").click()
    expect(notes.locator(".messagelist")).to_contain_text("Wes has been told.")
    notes.get_by_role("button", name="Close note").click()
    expect(notes.get_by_text("No note is open about Context.")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_everybody_can_use_it(form: Page, width: int, scheme: Any) -> None:
    form.set_viewport_size({"width": width, "height": 900})
    form.emulate_media(color_scheme=scheme)
    link(form, "context").click()
    text_of(form).press_sequentially("@w")
    expect(dialog(form).get_by_role("listbox", name="Colleagues")).to_be_visible()
    assert form.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(form, context="dialog", options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
