"""What a school lets its agents see: where, when, of whom, and what holds where it says nothing.

``reading`` reads it, on the device and at the appliance alike; ``writing`` is how it goes from one to the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from zoneinfo import ZoneInfo

from detection.agent_policy.notice import Notice
from detection.agent_policy.private_window import PrivateWindow
from detection.library import Category

Network = IPv4Network | IPv6Network

GRAVE = frozenset(
    {Category.SUICIDE, Category.SELF_HARM, Category.ABUSE, Category.GROOMING, Category.VIOLENCE}
)  # fmt: skip
"""For these alone, by default, what was typed and deleted again is kept."""


FOLDERS = ("Documents", "Desktop", "Downloads")


class Place(StrEnum):
    """Which scope holds."""

    OFF = "off"
    ON_SITE = "on-site"
    OFF_SITE = "off-site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is seen and kept. As it stands: on site."""

    watch: bool = True
    """Without it nothing is recorded but that it is paused."""
    keep_from: int = 1
    """Of a lower severity nothing is kept."""
    pictures: bool = True
    earlier_pictures: int = 0
    screen: bool = True
    ocr: bool = False
    documents: bool = True
    prints: bool = False
    removable: bool = False
    deleted: frozenset[Category] = GRAVE
    """Of which categories it is kept that something was typed and deleted again."""


AWAY = Scope(keep_from=3, screen=False)
"""Off site, where a school says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    on_site: Scope = Scope()
    off_site: Scope = AWAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """On these days (1 is Monday), by the clock on the wall. An end before the beginning is one of the next day."""

    days: frozenset[int]
    begin: time
    end: time
    """Midnight is the day's end."""

    def hold(self, at: datetime) -> bool:
        today, now = at.isoweekday() in self.days, at.time()
        if self.end == time.min or self.begin < self.end:
            return today and self.begin <= now and (self.end == time.min or now < self.end)
        yesterday = (at - timedelta(days=1)).isoweekday() in self.days
        return (today and now >= self.begin) or (yesterday and now < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """As it stands: of a school that says nothing."""

    version: str = ""
    """The hash of the rest."""
    notice: Notice = field(default_factory=Notice)
    hours: tuple[Hours, ...] = ()
    """None: always."""
    holidays: tuple[Holiday, ...] = ()
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    outside_hours: Place = Place.OFF_SITE
    school: Scopes = field(default_factory=Scopes)
    groups: Mapping[str, Scopes] = field(default_factory=dict)
    networks: tuple[tuple[Network, Place], ...] = ()
    private_windows: tuple[PrivateWindow, ...] = ()
    folders: tuple[str, ...] = FOLDERS
    """Below the person's home."""
    second_opinion: bool = True
