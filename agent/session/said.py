"""A sentence as far as it has come, on its way from a field to the service."""

from dataclasses import dataclass

from agent.session.desktop import Field
from detection.observation import Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    field: Field
    place: str
    """Field and sentence; the same for as long as the sentence grows."""
    text: str
    marks: frozenset[Mark] = frozenset()
    is_shown: bool = False
    """It came without the person's doing: a file was opened in the field."""
