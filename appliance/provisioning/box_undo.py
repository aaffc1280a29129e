"""How what makes a Debian machine a box is taken away again, and what of it stays with a school's data."""

from collections.abc import Iterable

from appliance.provisioning import accounts, folders, link, made, packages, release, rows, service, text_file
from appliance.provisioning.ledger import Key, Ledger
from appliance.provisioning.plan import Undo

UNDO: dict[str, Undo] = {
    accounts.KIND: accounts.undo,
    folders.KIND: folders.undo,
    link.KIND: link.undo,
    made.KIND: made.undo,
    packages.KIND: packages.undo,
    release.KIND: release.undo,
    rows.KIND: rows.undo,
    service.SERVICE: service.undo_service,
    service.APPLIED: service.undo_applied,
    text_file.KIND: text_file.undo,
}


def without_data(ledger: Ledger) -> list[Key]:
    """What ``--keep-data`` takes away: all but records, the keys that open them, and the users whose they are."""
    kept = [key for key in ledger.made() if _is_data(key, ledger)]
    return [key for key in ledger.made() if key not in kept and not _holds(key, kept)]


def _is_data(key: Key, ledger: Ledger) -> bool:
    return key.kind in (accounts.KIND, made.KIND, rows.KIND) or bool(ledger.facts(key).get("data"))


def _holds(key: Key, kept: Iterable[Key]) -> bool:
    return key.kind == folders.KIND and any(each.name.startswith(f"{key.name}/") for each in kept)
