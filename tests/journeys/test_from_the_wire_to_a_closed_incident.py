"""What a pupil does in a browser behind the gateway, and what the safeguarding lead then finds, decides and closes."""

import io
import re

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.appliance.deadline import eventually
from tests.journeys.whole import PUPIL, Whole, sign_in

HIGHLIGHT = (255, 224, 51)
"""What marks the matched words in a picture, about."""


def test_a_flagged_page_is_seen_with_its_picture_graded_and_closed(whole: Whole, pupil: Browser, dsl: Browser) -> None:
    page = pupil.new_page()
    page.goto("https://forum.schoolyard.test/thread/late-night-thoughts")
    expect(page.get_by_text("keep hurting myself")).to_be_visible()
    page.close()

    context, console = sign_in(dsl, whole)
    open_incident(console, whole, "Self-harm")
    expect(console.locator("mark").first).to_contain_text(re.compile("hurting myself", re.IGNORECASE))
    expect(console.get_by_text("forum.schoolyard.test").first).to_be_visible()
    assert has_highlight(picture(console))

    console.keyboard.press("k")
    expect(console.get_by_text("Graded by a person")).to_be_visible()
    close(console, "Spoken to")
    expect(console.get_by_text(re.compile("^Closed")).first).to_be_visible()
    context.close()


def test_a_worrying_chat_message_is_drawn_as_a_message(whole: Whole, pupil: Browser, dsl: Browser) -> None:
    chat = pupil.new_page()
    chat.goto("https://chat.schoolyard.test/?room=form")
    chat.get_by_label("Your name").fill("robin")
    for text in ("are you there", "i am going to stab you tomorrow after school"):
        chat.get_by_label("Message").fill(text)
        chat.get_by_role("button", name="Send").click()
        expect(chat.locator("#messages").get_by_text(text)).to_be_visible()
    chat.close()

    context, console = sign_in(dsl, whole)
    open_incident(console, whole, "Violence")
    expect(console.locator("mark").first).to_contain_text("stab you")
    expect(console.get_by_text("are you there")).to_be_visible()
    expect(console.locator(".captures li")).to_have_count(0)
    assert picture(console).width > 600
    context.close()


def test_a_search_reaches_the_lead_at_once(whole: Whole, pupil: Browser, dsl: Browser) -> None:
    page = pupil.new_page()
    page.goto("https://www.lookup.test/")
    page.get_by_role("searchbox").or_(page.get_by_role("textbox")).first.fill("i want to die and nobody would notice")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    page.close()

    context, console = sign_in(dsl, whole)
    open_incident(console, whole, "Suicide")
    expect(console.locator("mark").first).to_contain_text("want to die")
    assert has_highlight(picture(console))
    context.close()


def test_an_ordinary_afternoon_raises_nothing(whole: Whole, pupil: Browser, dsl: Browser) -> None:
    context, console = sign_in(dsl, whole)
    before = incidents(console)
    page = pupil.new_page()
    for address in ("homework.test/", "www.bell-magazine.test/", "forum.schoolyard.test/thread/block-castle"):
        page.goto(f"https://{address}")
    page.goto("https://www.lookup.test/search?q=macbeth+dagger+speech+meaning")
    page.close()
    console.reload()
    assert incidents(console) == before
    context.close()


def open_incident(console: Page, whole: Whole, category: str) -> None:
    """From the queue to the incident of our pupil, once its picture is drawn."""
    row = console.locator("ol.rows li").filter(has_text=PUPIL).filter(has_text=category)

    def waiting() -> bool:
        console.goto(whole.console)
        return row.count() > 0

    eventually(waiting)
    row.locator("a").first.click()
    expect(console.locator("h1")).to_contain_text(PUPIL)

    def drawn() -> bool:
        console.reload()
        return console.locator("figure.picture img").count() > 0

    eventually(drawn, within=60)


def picture(console: Page) -> Image.Image:
    source = console.locator("figure.picture img").get_attribute("src")
    assert source
    answer = console.request.get(source if source.startswith("http") else f"{_origin(console)}{source}")
    assert answer.ok
    return Image.open(io.BytesIO(answer.body())).convert("RGB")


def has_highlight(image: Image.Image) -> bool:
    """Enough pixels in the colour that marks the words."""
    colours = image.getcolors(image.width * image.height) or []
    near = sum(n for n, c in colours if all(abs(a - b) < 40 for a, b in zip(c, HIGHLIGHT, strict=True)))  # type: ignore[call-overload]
    return near > 200


def close(console: Page, outcome: str) -> None:
    console.keyboard.press("c")
    console.get_by_label(outcome).check()
    console.get_by_label("What was done").fill("Spoke with Robin and the head of year.")
    console.get_by_role("checkbox").check()
    console.get_by_role("button", name="Close the incident").click()


def incidents(console: Page) -> list[str]:
    return console.locator("main a[href*='/incidents/']").all_inner_texts()


def _origin(console: Page) -> str:
    return "/".join(console.url.split("/")[:3])
