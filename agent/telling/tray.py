"""The icon in the tray (StatusNotifierItem), there as long as the agent is; a click on it opens the notice page.

What a desktop's tray asks is answered here; whether there is a tray, and how it draws the icon, is the desktop's.
"""

from jeepney import DBusAddress, HeaderFields, Message, new_error, new_method_call, new_method_return, new_signal

from agent.telling import tray_menu
from agent.telling.words import Told

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
PATH = "/StatusNotifierItem"
ICON = "gatehouse-agent"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_CLICKS = ("Activate", "SecondaryActivate")


def register(own_name: str) -> Message:
    """Told to the desktop's tray whenever one appears."""
    address = DBusAddress("/StatusNotifierWatcher", bus_name=WATCHER, interface=WATCHER)
    return new_method_call(address, "RegisterStatusNotifierItem", "s", (own_name,))


class Tray:
    def __init__(self, told: Told) -> None:
        self._told = told

    def changed(self, told: Told) -> list[Message]:
        """The signals that say so."""
        self._told = told
        return [new_signal(DBusAddress(PATH, interface=ITEM), name) for name in ("NewTitle", "NewToolTip")]

    def answer(self, message: Message) -> tuple[Message, bool]:
        """What is said back, and whether the notice is to be opened."""
        try:
            return self._answer(message)
        except (IndexError, TypeError, ValueError):  # anybody on this bus may ask anything
            return new_error(message, "org.freedesktop.DBus.Error.InvalidArgs"), False

    def _answer(self, message: Message) -> tuple[Message, bool]:
        fields = message.header.fields
        asked, interface = fields[HeaderFields.member], fields.get(HeaderFields.interface, "")
        if interface == _PROPERTIES:
            return self._property(asked, message), False
        if fields[HeaderFields.path] == tray_menu.PATH:
            return tray_menu.answer(asked, message), tray_menu.is_chosen(asked, message)
        if fields[HeaderFields.path] == PATH and asked in (*_CLICKS, "ContextMenu", "Scroll"):
            return new_method_return(message), asked in _CLICKS
        return new_error(message, tray_menu.UNKNOWN), False

    def _property(self, asked: str, message: Message) -> Message:
        interface = message.body[0] if message.body else ""
        known = {ITEM: self._properties(), tray_menu.INTERFACE: tray_menu.PROPERTIES}.get(interface, {})
        if asked == "GetAll":
            return new_method_return(message, "a{sv}", (known,))
        if asked == "Get" and message.body[1] in known:
            return new_method_return(message, "v", (known[message.body[1]],))
        return new_error(message, "org.freedesktop.DBus.Error.InvalidArgs")

    def _properties(self) -> dict[str, tuple[str, object]]:
        return {
            "Category": ("s", "SystemServices"),
            "Id": ("s", ICON),
            "Title": ("s", self._told.headline),
            "Status": ("s", "Active"),
            "WindowId": ("i", 0),
            "IconName": ("s", ICON),
            "IconThemePath": ("s", ""),
            "IconPixmap": ("a(iiay)", []),
            "OverlayIconName": ("s", ""),
            "AttentionIconName": ("s", ""),
            "ToolTip": ("(sa(iiay)ss)", (ICON, [], self._told.headline, "\n".join(self._told.monitored))),
            "ItemIsMenu": ("b", False),
            "Menu": ("o", tray_menu.PATH),
        }
