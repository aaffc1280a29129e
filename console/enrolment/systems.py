"""The kinds of device there are instructions for, and which of them a browser says it runs on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class System:
    key: str
    name: str
    told_by: tuple[str, ...]
    """Any of these in the browser's own description of itself."""


SYSTEMS = (
    System("windows", "Windows", ("Windows NT",)),
    System("iphone-ipad", "iPhone and iPad", ("iPhone", "iPad", "iPod")),
    System("mac", "Mac", ("Macintosh",)),
    System("chromebook", "Chromebook", ("CrOS",)),
    System("android", "Android", ("Android",)),
    System("linux", "Linux", ("Linux", "X11")),
    System("firefox", "Firefox on a computer", ()),
)


def system_of(user_agent: str) -> System | None:
    """The first that fits: Android and ChromeOS also say Linux or X11."""
    return next((system for system in SYSTEMS if any(word in user_agent for word in system.told_by)), None)


def suggested(user_agent: str) -> tuple[System, ...]:
    """Likeliest first. An iPad may say that it is a Mac; Firefox keeps certificates of its own."""
    first = system_of(user_agent)
    found = [first] if first else []
    if first and first.key == "mac":
        found.append(_named("iphone-ipad"))
    if "Firefox/" in user_agent and first and first.key in ("windows", "mac", "linux"):
        found.append(_named("firefox"))
    return tuple(found)


def _named(key: str) -> System:
    return next(system for system in SYSTEMS if system.key == key)
