"""The recorded bytes of a capture, out of the vault, with what is wrong with them where something is."""

from dataclasses import dataclass

from appliance.depiction import record_of
from appliance.models import Capture, EvidenceState
from detection.har import EvidenceError, Exchange, parse
from images.vault import Vault, VaultError


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    exchanges: tuple[Exchange, ...] = ()
    """Empty where there is nothing to read."""
    why_none: str = ""
    """In words, where nothing was kept or it has not come."""
    missing: tuple[str, ...] = ()
    """Names of what was in the vault once, and is not any more."""
    damaged: tuple[str, ...] = ()
    """Names of what is not what it was, and of an index that is none."""


def recorded(capture: Capture, vault: Vault) -> Recorded:
    record = record_of(capture)
    if record is None:
        return Recorded(why_none=_why_none(capture))
    kept, missing, damaged = dict[str, bytes](), list[str](), list[str]()
    for name in dict.fromkeys((record.index, *record.bodies)):
        try:
            kept[name] = vault.get(name)
        except VaultError:
            (damaged if vault.has(name) else missing).append(name)
    if not (missing or damaged):
        try:
            return Recorded(exchanges=parse(kept[record.index], kept))
        except EvidenceError:
            damaged = [record.index]
    return Recorded(missing=tuple(missing), damaged=tuple(damaged))


def _why_none(capture: Capture) -> str:
    if capture.evidence_note:
        return capture.evidence_note
    return {
        EvidenceState.NONE: "Nothing was recorded beside the text.",
        EvidenceState.PENDING: "What was recorded has not come yet.",
        EvidenceState.GIVEN_UP: "What was recorded never came.",
        EvidenceState.ATTACHED: "The recording has no index.",
    }[capture.evidence_state]
