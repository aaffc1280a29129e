"""What the appliance's answers mean for what was sent: the tables of docs/wire.md."""

from dataclasses import dataclass
from enum import Enum

from detection.letters import Kind


class Outcome(Enum):
    DONE = "done"
    REFUSED = "refused"
    """This letter, for good."""
    FAILED = "failed"
    """This letter, for now; others may fare better."""
    AWAY = "away"
    """The appliance takes nothing now."""


TO_ALL: dict[int, Outcome] = {
    200: Outcome.DONE,
    201: Outcome.DONE,
    401: Outcome.AWAY,
    413: Outcome.REFUSED,
    422: Outcome.REFUSED,
    429: Outcome.AWAY,
    503: Outcome.AWAY,
    507: Outcome.FAILED,  # its disk takes no evidence now, but detections
}
TO: dict[Kind, dict[int, Outcome]] = {
    Kind.DETECTION: TO_ALL | {409: Outcome.REFUSED},
    # Nothing stored names it, so there is nothing more to do.
    Kind.SUPPLEMENT: TO_ALL | {404: Outcome.DONE},
    Kind.BLOB: TO_ALL | {404: Outcome.DONE},
}


def outcome(kind: Kind, status: int) -> Outcome:
    return TO[kind].get(status, Outcome.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """Seconds to wait after that many failures in a row: doubling from the first to the longest."""

    first: float = 1.0
    longest: float = 60.0

    def after(self, failures: int) -> float:
        return min(self.longest, self.first * 2.0 ** min(failures - 1, 60)) if failures > 0 else 0.0


PATIENT = Backoff()
"""As docs/wire.md has it."""
