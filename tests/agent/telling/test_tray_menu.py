"""The tray's menu: one row that can be chosen."""

from jeepney import DBusAddress, Message, new_method_call

from agent.telling.tray_menu import INTERFACE, LABEL, PATH, answer, is_chosen

MENU = DBusAddress(PATH, bus_name=":1.1", interface=INTERFACE)


def asked(name: str, signature: str, body: tuple[object, ...]) -> Message:
    message = new_method_call(MENU, name, signature, body)
    message.header.serial = 1
    return message


def test_it_has_one_row() -> None:
    (_, (root, _, rows)) = answer("GetLayout", asked("GetLayout", "iias", (0, -1, []))).body
    ((_, (number, properties, below)),) = rows
    assert (root, number, properties["label"], below) == (0, 1, ("s", LABEL), [])


def test_every_answer_can_be_sent() -> None:
    for name, signature, body in (
        ("GetLayout", "iias", (1, -1, [])),
        ("GetGroupProperties", "aias", ([], [])),
        ("GetProperty", "is", (1, "label")),
        ("AboutToShow", "i", (0,)),
        ("AboutToShowGroup", "ai", ([0],)),
        ("Event", "isvu", (1, "clicked", ("s", ""), 0)),
        ("EventGroup", "a(isvu)", ([(1, "clicked", ("s", ""), 0)],)),
        ("Nothing", "", ()),
    ):
        assert answer(name, asked(name, signature, body)).serialise(serial=2)


def test_only_a_click_on_the_row_chooses_it() -> None:
    def event(row: int, kind: str) -> bool:
        return is_chosen("Event", asked("Event", "isvu", (row, kind, ("s", ""), 0)))

    assert event(1, "clicked")
    assert not event(1, "hovered")
    assert not event(0, "clicked")
    assert is_chosen("EventGroup", asked("EventGroup", "a(isvu)", ([(1, "clicked", ("s", ""), 0)],)))
    assert not is_chosen("GetLayout", asked("GetLayout", "iias", (1, -1, [])))
