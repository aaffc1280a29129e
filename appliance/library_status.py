"""What is wrong with the library a sensor compares with, by what it says in its status."""

from collections.abc import Mapping
from typing import Any

LIBRARY_TROUBLES = {
    "signature": "It refused the newest library, which is not signed with the key it knows: give it the appliance’s "
    "library.pub.",
    "older": "It refused the library it was given, which is older than the one it has: if the appliance was restored "
    "from a backup, go back to a library with gatehouse lists rollback.",
    "unreadable": "It refused the newest library, which it cannot read: bring it up to the appliance’s version.",
    "unconfirmed": "For a day or more the appliance has not told it which library is the newest.",
}
"""What ``library_trouble`` of a sensor's health means; it compares with the library it has."""


def library_trouble(sensor: Mapping[str, Any]) -> str:
    """In a sentence; empty where there is none."""
    kind = sensor.get("library_trouble")
    return LIBRARY_TROUBLES.get(str(kind), "It does not use the newest library.") if kind else ""
