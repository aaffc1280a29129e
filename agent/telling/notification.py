"""The notice as a desktop notification, which every desktop shows in its own way (org.freedesktop.Notifications)."""

from jeepney import DBusAddress, Message, MessageType, new_method_call

from agent.telling.words import Told

SERVICE = "org.freedesktop.Notifications"
ICON = "gatehouse-agent"
OPEN = "default"
"""A click on the notification itself."""
STAYS, BY_DESKTOP = 0, -1
"""How long it is shown: until somebody has clicked, or as long as the desktop shows all others."""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
"""Desktops read some markup."""
_ADDRESS = DBusAddress("/org/freedesktop/Notifications", bus_name=SERVICE, interface=SERVICE)


def notification(told: Told, *, stays: bool, instead_of: int = 0) -> Message:
    """``instead_of``: the number of one that is no longer true."""
    hints = {"urgency": ("y", 1), "desktop-entry": ("s", ICON), "category": ("s", "device")}
    body = "\n".join(lines(told)).translate(_ESCAPED)
    content = (
        "Gatehouse",
        instead_of,
        ICON,
        told.headline,
        body,
        [OPEN, "Read more"],
        hints,
        STAYS if stays else BY_DESKTOP,
    )
    return new_method_call(_ADDRESS, "Notify", "susssasa{sv}i", content)


def is_click(message: Message, shown: int) -> bool:
    """On the notification with the number ``shown``."""
    fields = message.header.fields
    return (
        message.header.message_type is MessageType.signal
        and SERVICE in fields.values()
        and "ActionInvoked" in fields.values()
        and message.body[:2] == (shown, OPEN)
    )


def lines(told: Told, *, can_be_clicked: bool = True) -> tuple[str, ...]:
    """What a notification says below its headline, the same on every system."""
    said = (
        "What raises a concern is told to the school's safeguarding lead." if told.monitored else "",
        told.by and f"By: {told.by}",
        told.help and f"If you need help: {told.help}",
        "Click to read what is monitored, and why." if can_be_clicked else "",
    )
    return tuple(line for line in said if line)
