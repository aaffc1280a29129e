"""Every page of the console in every state it can be in, and how a visitor gets there."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.console.town import DSL, MANAGER, NEIGHBOUR, NEWCOMER, OFFICER
from tests.console.visiting import enter


@dataclass(frozen=True)
class State:
    name: str
    who: str
    """Login; empty for a stranger."""
    path: str
    """``{drawn}`` stands for the number of that incident."""
    shows: str
    """What tells that one is there."""
    then: Callable[[Page], object] = field(default=lambda page: None)
    """Done there before axe looks."""


def press(name: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator("main, .bar").get_by_role("button", name=name, exact=True).click()

    return act


def panel(name: str) -> Callable[[Page], object]:
    return lambda page: page.locator(".bar summary", has_text=name).click()


def try_to(name: str, button: str) -> Callable[[Page], object]:
    def act(page: Page) -> None:
        panel(name)(page)
        press(button)(page)

    return act


def sent_out_of_date(page: Page) -> None:
    page.evaluate("document.querySelectorAll('[name$=csrf_token]').forEach((token) => token.value = 'old')")
    try_to("Note", "Add the note")(page)


def sent_too_long(page: Page) -> None:
    panel("Note")(page)
    note = page.get_by_label("Note", exact=True)
    note.evaluate("field => field.removeAttribute('maxlength')")
    note.fill("x" * 70_000)
    press("Add the note")(page)


def raised_without_a_word(page: Page) -> None:
    panel("Severity")(page)
    page.get_by_label("5 immediate").check()
    press("Save this severity")(page)


def every_detail(page: Page) -> None:
    for summary in page.locator("main summary").all():
        summary.click()


def keys_off_and_on(page: Page) -> None:
    press("Turn keys off")(page)
    press("Turn keys on")(page)


def refused_a_passkey(page: Page) -> None:
    """By the browser, for at an address there are none."""
    expect(page.get_by_role("alert")).to_be_visible()


KINDS = (
    ("drawn", "the second opinion agrees"),
    ("drawn with a note", "not visible in it"),
    ("drawn and long", "All 4,298 characters"),
    ("words alone", "Here are the words alone."),
    ("awaited", "still on its way"),
    ("being drawn", "is being drawn"),
    ("perhaps", "Possible: "),
    ("nobody known", "Unknown: nobody is on record"),
    ("several captures", "Captures of this incident"),
    ("emptied", "Nothing to show"),
    ("kept", "Graded by a person"),
    ("closed", "Closed: referred"),
    ("false", "False positive"),
)

STATES = (
    State("the door", "", "/sign-in", "Safeguarding review"),
    State("the door, nothing entered", "", "/sign-in", "Enter your login.", press("Sign in")),
    State("the door, wrong password", "", "/sign-in", "do not belong together", lambda page: enter(page, "x", "wrong")),
    State("no such page for a stranger", "", "/incidents/1/captures/x/picture", "There is nothing here"),
    State("the door, by passkey", "", "/sign-in/passkey", "Ask again", refused_a_passkey),
    State("a first password", NEWCOMER, "/", "Choose a password of your own"),
    State("a first password kept", NEWCOMER, "/account", "Enter a new password.", press("Change the password")),
    State("queue", DSL, "/queue", "10 waiting"),
    State("queue filtered", DSL, "/queue?severity=4&category=suicide", "4 waiting: 4 high"),
    State("queue, nothing matches", DSL, "/queue?person=nobody", "Nothing matches this filter"),
    State("queue of a trust", OFFICER, "/queue?school=oakfield", "Oakfield School"),
    State("queue, in review", DSL, "/queue?status=in-review", "1 in review"),
    State("queue, closed", DSL, "/queue?status=closed", "Next page"),
    State("queue, second page", DSL, "/queue?status=closed&page=2", "Newer page"),
    State("queue, false positives", DSL, "/queue?status=false-positive", "1 false positive"),
    State("queue empty", NEIGHBOUR, "/queue", "Nothing is waiting"),
    *(State(f"incident {name}", DSL, f"/incidents/{{{name}}}", shows) for name, shows in KINDS),
    State("incident, every detail open", DSL, "/incidents/{drawn and long}", "So the day went by.", every_detail),
    State("incident, a second opinion alone", DSL, "/incidents/{awaited}", "only the second opinion raised it"),
    State("incident, severity panel", DSL, "/incidents/{drawn}", "Save this severity", panel("Severity")),
    State("incident, false positive panel", DSL, "/incidents/{drawn}", "Why it is nothing", panel("False positive")),
    State("incident, note panel", DSL, "/incidents/{drawn}", "Add the note", panel("Note")),
    State("incident, reopen panel", DSL, "/incidents/{closed}", "Reopen this incident", panel("Reopen")),
    State("incident, no level", DSL, "/incidents/{drawn}", "Choose a level.", try_to("Severity", "Save this severity")),
    State(
        "incident, raised without a word",
        DSL,
        "/incidents/{awaited}",
        "others will be called to it",
        raised_without_a_word,
    ),
    State("incident, empty note", DSL, "/incidents/{drawn}", "Write something first.", try_to("Note", "Add the note")),
    State("closing", DSL, "/incidents/{drawn}/close", "Closing says"),
    State("closing refused", DSL, "/incidents/{drawn}/close", "Choose what came of it.", press("Close the incident")),
    State("people", DSL, "/people", "People with incidents"),
    State("people, nobody found", DSL, "/people?name=xyz", "Nobody found"),
    State("people, none", NEIGHBOUR, "/people", "Nobody has an incident"),
    State("person", DSL, "/people/{robin}", "March 2025"),
    State("devices", DSL, "/devices", "What happened to agents"),
    State("devices, none", NEIGHBOUR, "/devices", "No device has the agent"),
    State("health, well", DSL, "/health", "Monitoring works"),
    State("health, silent gateway and a notice", NEIGHBOUR, "/health", "what passes it is not seen"),
    State("health of a trust", OFFICER, "/health", "Birch Academy"),
    State("help", DSL, "/help", "What it cannot see"),
    State("account", DSL, "/account", "Turn keys off"),
    State("account refused", DSL, "/account", "Enter a new password.", press("Change the password")),
    State("account, a passkey", DSL, "/account", "Work laptop"),
    State("account, removing a passkey", DSL, "/account/passkeys/{key}/remove", "It opens nothing here any more"),
    State(
        "account, removed without a password",
        DSL,
        "/account/passkeys/{key}/remove",
        "Enter your password.",
        press("Remove it"),
    ),
    State("account, something done", DSL, "/account", "Single keys are on.", keys_off_and_on),
    State("not found", DSL, "/incidents/99999", "There is nothing here"),
    State("not for this role", MANAGER, "/queue", "Your role does not include this."),
    State("not that way", DSL, "/incidents/{drawn}/keep", "cannot be used that way"),
    State("page too old", DSL, "/incidents/{drawn}", "Nothing was saved.", sent_out_of_date),
    State("too long", DSL, "/incidents/{drawn}", "What you sent is too long.", sent_too_long),
)
