"""Times as a person says them, in the school's own zone, with the exact one at hand."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

MINUTE, HOUR = 60, 3600


@cache
def zone(name: str) -> ZoneInfo:
    """The school's zone; UTC where the name means nothing here."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def exact(at: datetime, zone_name: str) -> str:
    local = at.astimezone(zone(zone_name))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M:%S %Z}"


def short(at: datetime, zone_name: str) -> str:
    local = at.astimezone(zone(zone_name))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def to_the_second(at: datetime, zone_name: str) -> str:
    """The exact time as short as it can be said."""
    local = at.astimezone(zone(zone_name))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M:%S %Z}"


def ago(at: datetime, now: datetime, zone_name: str) -> str:
    """“3 min ago”, “yesterday 14:03”, “Tue 4 Mar, 14:03”; a time to come is given as it is."""
    seconds = (now - at).total_seconds()
    if seconds < -MINUTE:
        return short(at, zone_name)
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min ago"
    return _by_the_day(at, now, zone_name)


def _by_the_day(at: datetime, now: datetime, zone_name: str) -> str:
    local, today = at.astimezone(zone(zone_name)), now.astimezone(zone(zone_name))
    days = (today.date() - local.date()).days
    if days == 0:
        return f"{int((now - at).total_seconds() // HOUR)} h ago"
    if days == 1:
        return f"yesterday {local:%H:%M}"
    if local.year == today.year:
        return f"{local:%a} {local.day} {local:%b, %H:%M}"
    return f"{local.day} {local:%b %Y, %H:%M}"


def span(length: timedelta | float) -> str:
    """A length of time in one unit: “40 s”, “3 min”, “2 h”, “5 days”."""
    seconds = length.total_seconds() if isinstance(length, timedelta) else length
    seconds = max(0, int(seconds))
    if seconds < MINUTE:
        return f"{seconds} s"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    if seconds < 48 * HOUR:
        return f"{seconds // HOUR} h"
    return f"{seconds // (24 * HOUR)} days"


def earlier(at: datetime, than: datetime, zone_name: str) -> Markup:
    """A ``<time>``: how long before something else, exact on hovering and on paper."""
    length = than - at
    return _element(at, "just before" if length < timedelta(seconds=1) else f"{span(length)} before", zone_name)


def element(at: datetime, now: datetime, zone_name: str) -> Markup:
    """A ``<time>``: relative to look at, exact on hovering and on paper."""
    return _element(at, ago(at, now, zone_name), zone_name)


def _element(at: datetime, said: str, zone_name: str) -> Markup:
    return Markup(
        '<time datetime="{}" title="{}"><span class="relative">{}</span><span class="exact">{}</span></time>'
    ).format(at.isoformat(), exact(at, zone_name), said, to_the_second(at, zone_name))
