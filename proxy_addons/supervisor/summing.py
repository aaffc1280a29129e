"""Add up what several gateways say of themselves, so that the appliance sees one that takes all the traffic."""

from collections.abc import Mapping, Sequence
from typing import Any

_EARLIEST = frozenset({"oldest_waiting", "since", "bindings_confirmed", "library_confirmed", "last_delivery"})
"""Of these the oldest tells: a worker that has heard nothing for hours is what there is to know."""
_LARGEST = frozenset({"version", "illegal_entries", "delivery_failures"})
_ALL = frozenset({"running"})
_SAME = frozenset({"authority", "revocation"})
"""What all workers go by."""


def summed(reports: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Numbers together, tables entry by entry, and of words the first there are."""
    names = dict.fromkeys(name for report in reports for name in report)
    return {name: _one(name, [report[name] for report in reports if name in report]) for name in names}


def _one(name: str, values: list[Any]) -> Any:
    given = [value for value in values if value is not None]
    if not given:
        return None
    if name in _SAME:
        return given[0]
    if isinstance(given[0], Mapping):
        return summed(given)
    if name in _EARLIEST:
        return min(given)
    if name in _LARGEST:
        return max(given)
    if name in _ALL:
        return all(given)
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in given):
        return sum(given)
    return next((value for value in given if value), given[0])
