"""Decide, from who refused what, whether a host passes unread for one kind of client or is put to a person."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

DEVICES = 3
"""So many different ones must have refused."""
TIMES = 2
"""So often each: a connection may break off once for any reason."""
SITES = 10
"""A kind that refuses at more sites than this lacks the school's certificate, or that has changed. It is no pinning."""
PER_DAY = 5
"""Passes that begin by themselves within a day."""
STUBBORN = 20
"""Refusals of fewer devices that are still worth a person's look."""
WINDOW = timedelta(days=7)
"""So long a refusal counts, and so long it is known which device it was."""
QUIET = timedelta(days=30)
"""So long no client of the kind may have accepted at that host."""
LIFE = timedelta(days=30)
"""A pass that nobody confirms ends then."""


class Why(StrEnum):
    """Why a host is not passed by itself."""

    SPOKEN = "spoken"
    """Search, chat, a chatbot, a social network."""
    NO_ROOT = "no-root"
    FEW_DEVICES = "few-devices"
    DAY_IS_FULL = "day-is-full"
    SWITCHED_OFF = "switched-off"
    DECIDED = "decided"
    """A list of the school's or the trust's has opened it."""


SENTENCES = {
    Why.SPOKEN: "people search, chat or write there, so only a person leaves it closed",
    Why.NO_ROOT: "clients of this kind refuse at many sites, so they seem to lack the school's certificate",
    Why.FEW_DEVICES: "refused often, but by fewer than three devices",
    Why.DAY_IS_FULL: "as many hosts as a day allows have been passed already",
    Why.SWITCHED_OFF: "passing by itself is switched off in the settings",
    Why.DECIDED: "a list of the school or trust opens it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of one host and one kind of client, within the window."""

    devices: int
    """That refused at least ``TIMES`` times, and accepted anywhere: a device that accepts nothing lacks the root."""
    refusals: int
    """Of devices that accepted anywhere."""
    accepted: bool
    """By the kind, at the host, while ``QUIET`` lasts."""
    sites: int
    """At which the kind refused and did not accept."""
    spoken: bool
    decided: bool
    allowed: bool
    """Whether anything may pass by itself at all."""


@dataclass(frozen=True, slots=True)
class Verdict:
    passes: bool
    why: Why | None = None
    """Put to a person, for this reason. Neither: nothing is to be done yet."""


NOTHING, PASSES = Verdict(False), Verdict(True)


def judge(seen: Evidence, begun_today: int) -> Verdict:
    """``begun_today``: how many passes have begun by themselves within a day."""
    if seen.accepted:
        return NOTHING
    if seen.devices < DEVICES:
        return Verdict(False, Why.FEW_DEVICES) if seen.refusals >= STUBBORN else NOTHING
    if seen.decided:
        return Verdict(False, Why.DECIDED)
    if seen.spoken:
        return Verdict(False, Why.SPOKEN)
    if seen.sites > SITES:
        return Verdict(False, Why.NO_ROOT)
    if not seen.allowed:
        return Verdict(False, Why.SWITCHED_OFF)
    return PASSES if begun_today < PER_DAY else Verdict(False, Why.DAY_IS_FULL)
