"""What kind of place a window is to write in: a chat, a mail, a page, or else a document."""

from agent.session.desktop import Window
from detection.helplines import host_of
from detection.observation import Channel

_CHATS = ("discord", "element", "messages", "messenger", "pidgin", "signal", "skype", "slack", "teams", "telegram",
          "viber", "whatsapp", "zoom")  # fmt: skip
_MAILS = ("evolution", "geary", "mail", "outlook", "thunderbird")


def channel_of(window: Window) -> Channel:
    """By the page's address where there is one, else by the program's name."""
    host = host_of(window.address)
    words = set(host.split(".") if host else window.app.casefold().replace("-", " ").split())
    if not words.isdisjoint(_CHATS):
        return Channel.MESSAGE
    if not words.isdisjoint(_MAILS):
        return Channel.MAIL
    return Channel.POST if host else Channel.DOCUMENT
