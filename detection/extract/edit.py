"""One change to a document that a person is writing, as the service that keeps it is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters taken out from a place on, then a text put in there."""

    at: int
    """The place, in UTF-16 units as browsers count; where the count begins does not matter."""
    text: str = ""
    removed: int = 0
    """UTF-16 units."""
