"""Opening the notice page: the person's own session does it, for whoever only sees has no way to start a browser."""

from jeepney import Message
from jeepney.bus_messages import message_bus

NAME = "org.gatehouse.Notice"
"""Of the program that the session's bus starts when asked for it (gatehouse-agent notice)."""


def open_notice() -> Message:
    return message_bus.StartServiceByName(NAME)
