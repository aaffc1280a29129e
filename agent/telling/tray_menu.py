"""The menu of the icon in the tray, as desktops ask for it (com.canonical.dbusmenu): one row, for the notice."""

from jeepney import Message, new_error, new_method_return

INTERFACE = "com.canonical.dbusmenu"
PATH = "/MenuBar"
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"
ROW = 1
LABEL = "What is monitored here, why and by whom…"
Row = tuple[int, dict[str, tuple[str, object]], list[tuple[str, object]]]
"""Its number, how it looks, what is below it."""
_ROW_PROPERTIES = {"label": ("s", LABEL), "enabled": ("b", True), "visible": ("b", True)}
_MENU_PROPERTIES = {"children-display": ("s", "submenu")}
PROPERTIES: dict[str, tuple[str, object]] = {
    "Version": ("u", 3),
    "Status": ("s", "normal"),
    "TextDirection": ("s", "ltr"),
    "IconThemePath": ("as", []),
}


def answer(asked: str, message: Message) -> Message:
    match asked:
        case "GetLayout":
            return new_method_return(message, "u(ia{sv}av)", (1, _layout(message.body[0])))
        case "GetGroupProperties":
            wanted = message.body[0] or [0, ROW]
            return new_method_return(message, "a(ia{sv})", ([(id, _of(id)) for id in wanted if id in (0, ROW)],))
        case "GetProperty":
            return new_method_return(message, "v", (_of(message.body[0]).get(message.body[1], ("s", "")),))
        case "AboutToShow":
            return new_method_return(message, "b", (False,))
        case "AboutToShowGroup":
            return new_method_return(message, "aiai", ([], []))
        case "Event":
            return new_method_return(message)
        case "EventGroup":
            return new_method_return(message, "ai", ([],))
    return new_error(message, UNKNOWN)


def is_chosen(asked: str, message: Message) -> bool:
    """Whether somebody chose the row."""
    events = {"Event": [message.body], "EventGroup": message.body[0] if asked == "EventGroup" else []}.get(asked, [])
    return any(event[0] == ROW and event[1] == "clicked" for event in events)


def _layout(of: int) -> Row:
    row: Row = (ROW, _of(ROW), [])
    return row if of == ROW else (0, _of(0), [("(ia{sv}av)", row)])


def _of(id: int) -> dict[str, tuple[str, object]]:
    return dict(_ROW_PROPERTIES if id == ROW else _MENU_PROPERTIES)
