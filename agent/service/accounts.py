"""Which account is whom, as the appliance last said: of an account it does not know nothing is recorded."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from detection.json_object import JsonObject, WireError, read_object
from detection.kept_file import Kept
from detection.observation import AgeBand, PersonRole, Subject

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    person: str
    """A reference, no name."""
    age_band: AgeBand
    group: str


class Accounts:
    """The last answers outlive a restart and weeks without a connection. Used from several threads."""

    def __init__(self, kept: Kept, clock: Callable[[], datetime]) -> None:
        self._kept, self._clock = kept, clock
        self._pupils: dict[str, Pupil | None] = {}
        self._confirmed: dict[str, datetime] = {}
        self._recall()

    def pupil(self, account: str) -> Pupil | None:
        """None for whoever is unknown, a guest, local or staff."""
        return self._pupils.get(account)

    def subject(self, account: str, organisation: str, device: str) -> Subject | None:
        pupil = self.pupil(account)
        if pupil is None:
            return None
        confirmed = self._confirmed.get(account)
        return Subject(
            organisation=organisation,
            people=(pupil.person,),
            role=PersonRole.PUPIL,
            age_band=pupil.age_band,
            group=pupil.group,
            device=device,
            identity_source="agent",
            identity_age=max(0.0, (self._clock() - confirmed).total_seconds()) if confirmed else None,
        )

    def learn(self, answered: JsonObject) -> None:
        """``answered``: each account that was named, with whose it is. WireError where it cannot be read."""
        now = self._clock()
        told = {account: _pupil(answered, account) for account in answered.names()}
        changed = any(self._pupils.get(account, 0) != pupil for account, pupil in told.items())
        self._pupils |= told
        self._confirmed |= dict.fromkeys(told, now)
        if changed:
            self._keep()

    def _keep(self) -> None:
        rows = {account: _row(pupil) for account, pupil in self._pupils.items()}
        try:
            self._kept.replace(json.dumps({"accounts": rows}).encode())
        except OSError as e:
            log.warning("which account is whom is not kept for a restart: %s", e)

    def _recall(self) -> None:
        try:
            rows = read_object(self._kept.read()).part("accounts")
            self._pupils = {account: _pupil(rows, account) for account in rows.names()}
        except FileNotFoundError:
            return
        except (OSError, WireError) as e:
            log.warning("which account is whom is asked anew: %s", e)


def _pupil(rows: JsonObject, account: str) -> Pupil | None:
    if rows.is_null(account):
        return None
    row = rows.part(account)
    if row.text("role") != PersonRole.PUPIL:
        return None
    return Pupil(person=row.text("person"), age_band=row.enum("age_band", AgeBand), group=row.text("group"))


def _row(pupil: Pupil | None) -> dict[str, str] | None:
    if pupil is None:
        return None
    return {"person": pupil.person, "role": PersonRole.PUPIL, "age_band": pupil.age_band, "group": pupil.group}
