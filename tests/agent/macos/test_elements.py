from itertools import count

import pytest

from agent.macos.elements import LONGEST, MOST, address_around, focus_on, text_of, texts_below
from agent.session.desktop import Window
from tests.agent.macos.drawn_elements import drawn, element

NOTES = Window(key="m1", app="Notes")


def test_a_field_is_told_with_what_stands_in_it() -> None:
    focus = focus_on(element(drawn("AXTextArea", writable=True, AXValue="The Nile" + "x" * LONGEST)), NOTES)
    assert focus
    assert focus.text
    assert (focus.field.window, len(focus.text), focus.text[:8]) == (NOTES, LONGEST, "The Nile")


@pytest.mark.parametrize(
    "attributes", [{"AXSubrole": "AXSecureTextField"}, {"AXRole": "AXSecureTextField"}, {"AXRole": None}]
)
def test_the_value_of_a_secure_field_is_not_even_asked_for(attributes: dict[str, object]) -> None:
    secret = drawn("AXTextField", writable=True, AXValue="not to be seen")
    secret.update(attributes)
    focus = focus_on(element(secret), NOTES)
    assert focus
    assert (focus.field.is_secure, focus.text) == (True, None)
    assert texts_below(element(secret)) == []
    assert secret["asked"]
    assert "AXValue" not in str(secret["asked"])


def test_where_nobody_can_write_there_is_no_field() -> None:
    assert focus_on(element(drawn("AXTextField", AXValue="read only")), NOTES) is None
    assert focus_on(element(drawn("AXWebArea", writable=True, AXValue="a page")), NOTES) is None


def test_the_address_is_that_of_the_page_around_a_field() -> None:
    field = drawn("AXTextField")
    frame = drawn("AXWebArea", drawn("AXGroup", field), AXURL="https://ads.example/")
    drawn("AXWindow", drawn("AXWebArea", frame, AXURL="https://example.org/chat"))
    assert address_around(element(field)) == "https://example.org/chat"
    assert address_around(element(drawn("AXWindow"))) == ""
    assert address_around(None) == ""


def test_what_can_be_read_is_read_in_order_and_secrets_are_not() -> None:
    window = drawn(
        "AXWindow",
        drawn("AXStaticText", AXValue="The Nile"),
        drawn("AXGroup", drawn("AXStaticText", AXValue=" The Don ")),
        drawn("AXTextField", drawn("AXStaticText", AXValue="not to be seen"), AXSubrole="AXSecureTextField"),
        drawn("AXStaticText", AXValue=42),
    )
    assert texts_below(element(window)) == ["The Nile", "The Don"]


def test_it_ends_after_so_many_elements_and_so_much_time() -> None:
    wide = drawn("AXWindow", *(drawn("AXStaticText", AXValue=str(number)) for number in range(MOST * 2)))
    assert len(texts_below(element(wide))) == MOST - 1
    ticks = count(0)
    assert len(texts_below(element(wide), lambda: next(ticks) / 10)) < 10
    deep = drawn("AXStaticText", AXValue="bottom")
    for _ in range(200):
        deep = drawn("AXGroup", deep)
    assert texts_below(element(deep)) == []


def test_only_text_is_text() -> None:
    assert [text_of(value) for value in ("a", 1, None, ["a"])] == ["a", "", "", ""]
