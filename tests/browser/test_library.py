"""The library in a real browser: uploads, the focal point, suggestions, bulk actions."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image as Pillow
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.admin.pictures import LIBRARY, a_file, page_of, stored
from tests.browser.desk import logged_in
from tests.people import person
from trends.admin.images import ImageAdmin
from trends.models import Image
from trends.renditions import crop_box

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DROP = """([bytes, name]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  document.querySelector(".upload-zone").dispatchEvent(
    new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def library(page: Page, live_server: LiveServer) -> Page:
    """Wes before the library."""
    person("wes")
    logged_in(page, live_server.url, "wes").goto(live_server.url + LIBRARY)
    return page


@pytest.fixture
def refusals(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The same, where the console may say that the server refused something."""
    person("wes")
    context = browser.new_context()
    page = logged_in(context.new_page(), live_server.url, "wes")
    page.goto(live_server.url + LIBRARY)
    yield page
    context.close()


def payload(name: str, colour: str = "teal") -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": a_file(colour=colour).read()}


def wait_for_zone(page: Page) -> None:
    """It shows when its script is there."""
    expect(page.get_by_role("group", name="Upload pictures")).to_be_visible()


def choose(page: Page, *files: Any) -> None:
    wait_for_zone(page)
    page.locator("#upload-files").set_input_files(list(files))


def test_pictures_are_uploaded_one_after_the_other(library: Page) -> None:
    choose(library, payload("one.png"), payload("two.png", "red"))
    expect(library.locator(".upload.done")).to_have_count(2)
    library.evaluate(DROP, [list(a_file(colour="blue").read()), "three.png"])
    expect(library.locator(".upload.done")).to_have_count(3)
    expect(library.get_by_role("status")).to_have_text("three.png is in the library.")
    names = Image.objects.order_by("pk").values_list("original_name", flat=True)
    assert list(names) == ["one.png", "two.png", "three.png"]
    library.get_by_role("link", name="Describe it: two.png").click()
    expect(library.get_by_role("heading", level=1)).to_have_text("two.png")


def test_what_is_refused_says_why(refusals: Page) -> None:
    page = refusals
    image = stored(alt_text="A robot lifts a crate")
    bad = {"name": "notes.png", "mimeType": "image/png", "buffer": b"GIF89a"}
    choose(page, bad, payload("again.png"), payload("new.png", "red"))
    expect(page.locator(".upload.done")).to_contain_text("new.png")
    rows = page.locator(".upload")
    expect(rows.nth(0)).to_contain_text("This file is no JPEG, PNG, WebP or AVIF picture")
    expect(rows.nth(1)).to_contain_text("This picture is in the library already.")
    page.get_by_role("link", name=f"Open it: {image.alt_text}").click()
    page.wait_for_url(f"**{page_of(image)}")


def test_a_file_that_is_too_large_is_not_sent(library: Page) -> None:
    sent: list[str] = []
    library.on("request", lambda request: sent.append(request.url))
    wait_for_zone(library)
    library.evaluate(DROP, [21 << 20, "big.jpg"])  # a number makes an array of so many zeros
    expect(library.locator(".upload.refused")).to_contain_text("It has 21 MB; 20 MB is the most.")
    assert [url for url in sent if "/upload/" in url] == []


def test_what_the_network_lost_is_tried_again(refusals: Page) -> None:
    page = refusals
    page.route("**/upload/", lambda route: route.abort(), times=1)
    choose(page, payload("one.png"))
    expect(page.locator(".upload.refused")).to_contain_text("The server can't be reached")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".upload.done")).to_have_count(1)


# --- the focal point ---


def mark(page: Page) -> Any:
    return page.get_by_role("button", name="Focal point")


def open_picture(page: Page, live_server: LiveServer, **fields: Any) -> Image:
    image = stored(**fields)
    page.goto(live_server.url + page_of(image))
    expect(mark(page)).to_be_visible()
    return image


def save(page: Page, image: Image) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("successfully")
    image.refresh_from_db()


def test_the_focal_point_moves_by_keys(library: Page, live_server: LiveServer) -> None:
    image = open_picture(library, live_server)
    before = drawn(library)
    mark(library).focus()
    for key in ("Shift+ArrowLeft", "Shift+ArrowLeft", "ArrowRight", "ArrowUp"):
        library.keyboard.press(key)
    expect(mark(library)).to_have_accessible_name(
        "Focal point: 31 % from the left, 49 % from the top. The arrow keys move it."
    )
    assert drawn(library) == before == 5
    save(library, image)
    assert image.focal == (0.31, 0.49)
    assert not image.lacks_files


def drawn(page: Page) -> int:
    return page.locator(".crops canvas:visible").count()


def test_the_focal_point_moves_by_pointer_and_back(library: Page, live_server: LiveServer) -> None:
    open_picture(library, live_server)
    whole = library.locator(".focal-whole")
    size = whole.bounding_box()
    assert size
    whole.click(position={"x": size["width"] * 0.25, "y": size["height"] * 0.75})
    expect(library.locator("#id_focal_x")).to_have_value("25")
    expect(library.locator("#id_focal_y")).to_have_value("75")
    library.get_by_role("button", name="Back to the saved point").click()
    expect(library.locator("#id_focal_x")).to_have_value("50")
    expect(library.get_by_role("button", name="Back to the saved point")).to_be_disabled()


def test_the_crops_follow_what_is_typed(library: Page, live_server: LiveServer) -> None:
    image = Image.objects.ingest(half_and_half(), name="flag.png")
    library.goto(live_server.url + page_of(image))
    expect(mark(library)).to_be_visible()
    assert colour_of(library, "1:1") == "half"
    for typed, colour in (("0", "teal"), ("100", "red")):
        library.locator("#id_focal_x").fill(typed)
        assert colour_of(library, "1:1") == colour
    expect(mark(library)).to_have_accessible_name(re.compile("100 % from the left"))


def half_and_half() -> bytes:
    """Teal on the left, red on the right, twice as wide as high."""
    picture = Pillow.new("RGB", (400, 200), "teal")
    picture.paste("red", (200, 0, 400, 200))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def colour_of(page: Page, name: str) -> str:
    """What is drawn at the left and at the right edge of a crop."""
    reds = page.get_by_role("img", name=name, exact=True).evaluate(
        """(canvas) => {
          const { width, height } = canvas;
          const plain = new OffscreenCanvas(width, height);
          const copy = plain.getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, 0, 0);
          return [3, width - 3].map((x) => copy.getImageData(x, height / 2, 1, 1).data[0] > 128);
        }"""
    )
    return {(False, False): "teal", (True, True): "red", (False, True): "half"}[tuple(reds)]


SIZES = [(6028, 3391), (4096, 4096), (1000, 1501), (333, 77), (64, 48), (1, 1), (5, 3), (2, 7)]
RATIOS = [16 / 9, 4 / 3, 1.0, 1200 / 630]
POINTS = [(0.5, 0.5), (0.0, 0.0), (1.0, 1.0), (0.25, 0.75), (0.123, 0.987), (0.333, 0.5)]


def test_the_browser_crops_as_the_server_does(library: Page) -> None:
    cases = [(size, ratio, point) for size in SIZES for ratio in RATIOS for point in POINTS]
    boxes = library.evaluate(
        """async (cases) => {
          const { cropBox } = await import("/static/admin-desk/focal.js");
          return cases.map((given) => cropBox(...given));
        }""",
        [[list(size), ratio, list(point)] for size, ratio, point in cases],
    )
    assert boxes == [list(crop_box(*case)) for case in cases]
    assert len(boxes) == 192


# --- words ---


def test_what_the_file_says_is_taken_over(library: Page, live_server: LiveServer) -> None:
    image = stored()
    image.suggested = {"credit": "Photo: Ida Holm", "ai_use": "edited"}
    image.save()
    library.goto(live_server.url + page_of(image))
    library.get_by_role("button", name="Use it for the credit").click()
    library.get_by_role("button", name="Use it for the ai use").click()
    save(library, image)
    assert (image.credit, image.ai_use) == ("Photo: Ida Holm", "edited")


def test_typing_ticks_what_is_to_be_changed(library: Page, live_server: LiveServer) -> None:
    first, second = stored(alt_text="One"), stored(alt_text="Two", colour="red")
    library.reload()
    library.get_by_label("Select all on this page").check()
    expect(library.locator(".action-counter")).to_have_text("2 of 2 selected")
    library.get_by_label("Action:").select_option(label="Edit credit and licence…")
    library.locator("button[name=index]").click()
    library.get_by_label("New Credit").fill("Photo: Ida Holm")
    library.get_by_role("button", name="Change 2 pictures").click()
    expect(library.locator(".messagelist")).to_contain_text("2 pictures: the credit changed.")
    for image in (first, second):
        image.refresh_from_db()
        assert image.credit == "Photo: Ida Holm"


def test_a_selection_reaches_the_other_pages(
    library: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageAdmin, "list_per_page", 2)
    for colour in ("red", "green", "blue"):
        stored(colour=colour)
    library.reload()
    library.get_by_label("Select all on this page").check()
    library.get_by_role("button", name=re.compile("Select all 3")).click()
    library.get_by_label("Action:").select_option(label="Edit credit and licence…")
    library.locator("button[name=index]").click()
    expect(library.get_by_role("button", name="Change 3 pictures")).to_be_visible()


def test_anybody_can_use_it(browser: Browser, live_server: LiveServer) -> None:
    person("pam")
    image = stored(alt_text="A robot lifts a crate")
    stored(colour="red")
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = logged_in(context.new_page(), live_server.url, "pam")
    for path in (LIBRARY, page_of(image), page_of(image, "delete"), f"{LIBRARY}add/"):
        page.goto(live_server.url + path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{path} is {width} pixels wide"
    context.close()
