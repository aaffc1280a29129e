"""Well-known services that no file here reads by name, and why: docs/coverage.md lists them beside those that are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    name: str
    seen: bool
    """Whether the general readers see what they can; else nothing can be read at the gateway."""
    why: str


WITHOUT: tuple[Without, ...] = (
    Without(name="WhatsApp", seen=False, why="end-to-end encrypted"),
    Without(name="Signal", seen=False, why="end-to-end encrypted"),
    Without(name="iMessage", seen=False, why="end-to-end encrypted"),
)
