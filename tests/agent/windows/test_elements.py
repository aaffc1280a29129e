from itertools import count

from agent.session.desktop import Field, Window
from agent.windows.elements import (
    DOCUMENT,
    EDIT,
    HYPERLINK,
    LIST_ITEM,
    LONGEST,
    MOST,
    TEXT,
    address_around,
    focus_on,
    texts_below,
)
from tests.agent.windows.drawn_elements import DrawnElement

NOTES = Window(key="w1", app="Notepad")
PANE = 50033


def test_a_field_is_told_with_what_stands_in_it() -> None:
    focus = focus_on(DrawnElement(EDIT, can_be_written=True, said_text="one\r\ntwo\rthree", said_value="other"), NOTES)
    assert focus
    assert (focus.field, focus.text) == (Field(key="42.1", window=NOTES), "one\ntwo\nthree")


def test_one_that_has_a_value_and_no_text_is_read_by_its_value() -> None:
    focus = focus_on(DrawnElement(EDIT, can_be_written=True, said_value="x" * (LONGEST + 5)), NOTES)
    assert focus
    assert focus.text == "x" * LONGEST


def test_a_password_field_is_not_even_asked() -> None:
    secret = DrawnElement(EDIT, is_password=True, can_be_written=True, said_text="not to be seen", said_value="nor so")
    focus = focus_on(secret, NOTES)
    assert focus
    assert (focus.field.is_secure, focus.text, secret.asked) == (True, None, [])


def test_where_nobody_can_write_there_is_no_field() -> None:
    assert focus_on(DrawnElement(PANE, can_be_written=True), NOTES) is None
    assert focus_on(DrawnElement(EDIT, said_value="read only"), NOTES) is None
    page = DrawnElement(DOCUMENT, can_be_written=True, said_value="https://example.org/", said_text="a whole page")
    assert focus_on(page, NOTES) is None
    assert "text" not in page.asked


def test_the_address_is_that_of_the_page_around_a_field() -> None:
    field = DrawnElement(EDIT)
    frame = DrawnElement(DOCUMENT, said_value="https://ads.example/frame", below=[DrawnElement(PANE, below=[field])])
    DrawnElement(DOCUMENT, said_value="https://example.org/chat", below=[DrawnElement(PANE, below=[frame])])
    assert address_around(field) == "https://example.org/chat"
    assert address_around(DrawnElement(DOCUMENT, said_value="essay.docx")) == ""
    assert address_around(None) == ""


def test_what_can_be_read_is_read_in_order_and_secrets_and_what_is_scrolled_away_are_not() -> None:
    window = DrawnElement(
        PANE,
        name="a window's own name",
        below=[
            DrawnElement(TEXT, name="The Nile"),
            DrawnElement(DOCUMENT, said_value="https://example.org/", below=[DrawnElement(HYPERLINK, name="The Don")]),
            DrawnElement(TEXT, name="below the fold", is_off_screen=True),
            DrawnElement(EDIT, is_password=True, below=[DrawnElement(TEXT, name="not to be seen")]),
            DrawnElement(DOCUMENT, said_text=" The Po \n"),
            DrawnElement(LIST_ITEM, name="  "),
        ],
    )
    assert texts_below(window) == ["The Nile", "The Don", "The Po"]


def test_it_ends_after_so_many_elements_and_so_much_time() -> None:
    wide = DrawnElement(PANE, below=[DrawnElement(TEXT, name=str(number)) for number in range(MOST * 2)])
    assert len(texts_below(wide)) == MOST - 1
    ticks = count(0)
    assert len(texts_below(wide, lambda: next(ticks) / 10)) < 10
    deep = DrawnElement(TEXT, name="bottom")
    for _ in range(200):
        deep = DrawnElement(PANE, below=[deep])
    assert texts_below(deep) == []
