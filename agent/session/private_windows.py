"""Windows never read nor pictured: banks, health services, helplines, what holds passwords, and the school's list."""

from collections.abc import Sequence
from functools import cache

from agent.orders import Orders
from agent.session.desktop import Window
from detection.helplines import domains, host_of, is_helpline
from detection.unopened.layers import SEALED
from detection.unopened.list_file import SHIPPED, load

_SECRETS = ("1password", "askpass", "bitwarden", "keepass", "kwallet", "lastpass", "pinentry", "polkit", "seahorse")
"""Programs that are there for secrets, by what their names contain."""
_BARS = 3
"""Texts at the top of a window among which its address bar is."""
_LEAST = 6
"""Letters of a name that is looked for in a title: shorter ones are words of every day ("mind", "brook")."""


def is_private(window: Window, orders: Orders) -> bool:
    """By its address where that is known, for then a title is only what somebody wrote about it."""
    if orders.is_private(title=window.title, app=window.app, address=window.address):
        return True
    if any(name in window.app.casefold() for name in _SECRETS):
        return True
    return is_private_host(host) if (host := host_of(window.address)) else names_one(window.title)


def is_on_its_way(texts: Sequence[str]) -> bool:
    """Whether a browser's address bar names such a page, which is not there yet and whose title nobody knows."""
    return any(is_private_host(host_of(text)) for text in texts[:_BARS])


def is_private_host(host: str) -> bool:
    return bool(host) and (is_helpline(host) or any(part in _closed() for part in _parts(host)))


@cache
def names_one(title: str) -> bool:
    """Whether it is the title of such a service's page, as far as a title can tell."""
    words = [word.removeprefix("www.") for word in title.casefold().replace("'", "").split()]
    runs = (words[i : i + count] for i in range(len(words)) for count in range(1, 5))
    joined = {"".join(run).strip("|-–—:·,") for run in runs}
    return not joined.isdisjoint(_names())


@cache
def _closed() -> frozenset[str]:
    return frozenset(entry.domain for entry in load(SHIPPED) if entry.reason in SEALED)


@cache
def _names() -> frozenset[str]:
    """Domains, and their first part by itself: what such services call themselves."""
    return frozenset(n for d in (*_closed(), *domains()) for n in (d, d.partition(".")[0]) if len(n) >= _LEAST)


def _parts(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[start:]) for start in range(len(labels) - 1)]
