"""The part of a policy that is told to whoever sits at the device."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the person at the device is told, in the school's words."""

    school: str = ""
    text: str = ""
    by: str = ""
    """Who monitors, and whom to ask."""
    link: str = ""
    """Where the whole notice stands."""
    help: str = ""
    """Where somebody who needs help finds it."""
