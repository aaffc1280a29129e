"""``gatehouse reproduce``: derive a stored detection again, and say equal or what differs."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from appliance import kept_versions, released_libraries, reproduction, reviewers, reviewing, store
from appliance.commands.mistake import Mistake, reported
from appliance.commands.reproduce_report import as_json, text
from appliance.config import ApplianceSettings
from appliance.models import Capture, Reviewer
from appliance.permissions import Action, may, visible_to
from appliance.recorded import recorded
from appliance.released_libraries import Libraries
from appliance.reproduction import Reproduction
from detection import settings
from detection.ages import STEPS, YOUNGEST
from detection.canary import Canary, read_key
from detection.detector import Detector
from detection.group_libraries import NO_GROUPS
from detection.library import SHIPPED, load
from detection.model.second_opinion import WEIGHTS, SecondOpinion
from detection.observation import AgeBand, Mark
from detection.personal_information import PersonalInformation
from images.vault import Vault, VaultError

DESCRIPTION = """Derive a stored detection again with the library and model it names: from its recorded bytes, or from
its stored text where policy kept none. Prints ids and figures, never words; that you asked becomes an entry.
Exit status: 0 equal or withheld by policy, 1 something differs, 2 it cannot be derived."""


def main(argv: list[str], *, shipped: Path = SHIPPED) -> int:
    arguments = _parser().parse_args(argv)
    with reported("gatehouse reproduce"):
        loaded = settings.load(arguments.config, ApplianceSettings)
        store.must_exist(loaded.database)
        store.migrate(loaded.database)
        sessions = store.sessions(loaded.database)
        wanted = _asked_for(sessions, arguments.captures, arguments.by, datetime.now(UTC))
        differs = False
        with store.reading(sessions) as session:
            for each in _Again(session, Vault(loaded.vault), arguments, shipped).all(wanted):
                print((as_json if arguments.json else text)(each), flush=True)
                differs = differs or bool(each.differences)
    return 1 if differs else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse reproduce", description=DESCRIPTION)
    add = parser.add_argument
    add("captures", nargs="+", metavar="CAPTURE-ID", help="as the console shows it below the steps of the grade")
    add("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    add("--by", required=True, metavar="LOGIN", help="the reviewer who asks")
    add("--library", type=Path, metavar="FOLDER", help="the library it names, where it is not kept")
    add("--model", type=Path, metavar="FILE", help="the second opinion's weights it names, where they are not kept")
    add("--canary-key", type=Path, metavar="FILE", help="the gateway's, for the capture of a test")
    add("--youngest-band", choices=[str(band) for band in STEPS], default=YOUNGEST, metavar="BAND",
        help=f"as the sensor's settings have it (default: {YOUNGEST})")  # fmt: skip
    add("--school-name", action="append", default=[], metavar="NAME", help="likewise; repeatable")
    add("--json", action="store_true", help="one JSON object a line")
    return parser


Key = tuple[int, datetime, str]


def _asked_for(sessions: sessionmaker[Session], ids: Sequence[str], login: str, now: datetime) -> list[Key]:
    """The captures and what stands behind them, each with an entry that it is derived again; none where one of them is
    not there."""
    with sessions.begin() as session:
        reviewer = reviewers.get(session, login)
        found = dict[Key, Capture]()
        for id in ids:
            mine = _seen_by(session, reviewer, id)
            if not mine:
                raise Mistake(f"{reviewer.login} sees no capture {id}")
            found |= {(each.organisation_id, each.reported_at, each.id): each for each in mine}
        for each in found.values():
            reviewing.reproduced_capture(session, each, reviewer, now)
        return list(found)


def _seen_by(session: Session, reviewer: Reviewer, id: str) -> list[Capture]:
    named = select(Capture).where(or_(Capture.id == id, Capture.duplicate_of == id))
    wanted = visible_to(reviewer, named, Capture).order_by(Capture.duplicate_of.is_not(None), Capture.seen_at)
    return [each for each in session.scalars(wanted) if may(reviewer, Action.VIEW_INCIDENT, each)]


@dataclass
class _Again:
    """Detectors are built once, however many captures stand behind one another."""

    session: Session
    vault: Vault
    arguments: argparse.Namespace
    shipped: Path
    _detectors: dict[tuple[int, str, str], Detector] = field(default_factory=dict)

    def all(self, wanted: list[Key]) -> Iterator[Reproduction]:
        for key in wanted:
            yield self._one(self.session.get_one(Capture, key))

    def _one(self, capture: Capture) -> Reproduction:
        try:
            return self._derived(capture)
        except VaultError as e:
            raise Mistake(f"capture {capture.id}: the library or model it names is not whole: {e}") from e

    def _derived(self, capture: Capture) -> Reproduction:
        if Mark.WITHHELD in capture.marks:
            return reproduction.withheld(self.session, capture)
        found = recorded(capture, self.vault)
        if found.missing:
            raise Mistake(f"capture {capture.id}: {found.missing[0]} is no longer in the vault")
        detects = self._canary(capture) if Mark.TEST in capture.marks else self._detector(capture)
        return reproduction.reproduce(self.session, capture, detects, found)

    def _canary(self, capture: Capture) -> Canary:
        if self.arguments.canary_key is None:
            raise Mistake(f"capture {capture.id}: it is a test, which only its key makes again; give --canary-key")
        return Canary(read_key(self.arguments.canary_key))

    def _detector(self, capture: Capture) -> Detector:
        key = capture.organisation_id, capture.library_version, capture.model_version
        if key not in self._detectors:
            library, groups = self._libraries(capture)
            self._detectors[key] = Detector(
                library,
                second=self._second(capture),
                youngest=AgeBand(self.arguments.youngest_band),
                personal=PersonalInformation(tuple(self.arguments.school_name)),
                groups=groups,
            )
        return self._detectors[key]

    def _libraries(self, capture: Capture) -> Libraries:
        wanted = capture.library_version
        if released := released_libraries.libraries_with(self.session, capture.organisation_id, wanted):
            return released
        if self.arguments.library is None and (kept := kept_versions.library(self.vault, wanted)):
            return kept, NO_GROUPS
        other = load(self.arguments.library or self.shipped)
        if other.version != wanted:
            where = self.arguments.library or "the library that came with this Gatehouse"
            raise Mistake(
                f"capture {capture.id}: library {wanted} is not kept, and {where} is {other.version}; "
                "give the one it names with --library"
            )
        return other, NO_GROUPS

    def _second(self, capture: Capture) -> SecondOpinion | None:
        """None where the capture names no model: then nobody was asked, and nobody is."""
        if not capture.model_version:
            return None
        wanted = capture.model_version
        if self.arguments.model is None and (kept := kept_versions.model(self.vault, wanted)):
            return kept
        second = SecondOpinion(self.arguments.model or WEIGHTS)
        if second.version != wanted:
            where = self.arguments.model or "the one that came with this Gatehouse"
            raise Mistake(
                f"capture {capture.id}: model {wanted} is not kept, and {where} is {second.version}; "
                "give the one it names with --model"
            )
        return second
