"""``gatehouse replay``: what live traffic would have given, from capture files."""

import asyncio
import gc
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from detection import settings as settings_files
from detection.grading import Detection
from detection.library import SHIPPED, Library, LibraryError
from detection.library_building import cache_folder, in_cache
from detection.outbox import OutboxError
from detection.sensor import SensorSettings
from detection.settings import SettingsError
from proxy_addons.replay import coverage_table, expectation_writing
from proxy_addons.replay.arguments import arguments
from proxy_addons.replay.capture_file import CaptureError, check_capture, file_sha256
from proxy_addons.replay.exhibits import Exhibitor, Exhibits
from proxy_addons.replay.expectation_check import ExpectationCheck
from proxy_addons.replay.expectation_file import ExpectationError, read_expectations
from proxy_addons.replay.gathering import Gathered, gathered
from proxy_addons.replay.html_report import HtmlReport
from proxy_addons.replay.interruption import interrupted_at_once
from proxy_addons.replay.jobs import JobError, Part, Play, played
from proxy_addons.replay.private_file import must_be_writable, write_private
from proxy_addons.replay.progress import Progress
from proxy_addons.replay.replay import Outcome, replay
from proxy_addons.replay.report import as_json, summary, table
from proxy_addons.replay.share import Share
from proxy_addons.replay.spectator import AwayError, Deliverer, Onlooker
from proxy_addons.replay.terminal import fall_silent, say, tell
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.key_log_files import read_key_logs

READ, UNDELIVERED, UNMET, UNREADABLE, INTERRUPTED, UNHEARD = 0, 1, 1, 2, 130, 141
BETWEEN_COLLECTIONS = 50_000
"""Objects made until Python looks for unused ones. At its usual 700 a tenth of the time goes into looking; nearly all
that a replay makes is let go of without it."""
MISTAKES = (LibraryError, SettingsError, OutboxError, CaptureError, ExpectationError, AwayError, JobError, OSError)


def main(argv: list[str]) -> int:
    """Exit status: 0 read; 1 read, but not all delivered or as expected; 2 not all read; 130 and 141 where somebody
    ended it, or reads no more of what it says."""
    chosen = arguments(argv)
    logging.basicConfig(format="gatehouse replay: %(message)s", level=logging.ERROR)
    try:
        sensor = settings_files.load(chosen.deliver, SensorSettings) if chosen.deliver else None
        if chosen.write_expect:
            must_be_writable(chosen.write_expect)
        check = ExpectationCheck(read_expectations(chosen.expect)) if chosen.expect else None
        phrases = chosen.library or (sensor and sensor.library) or SHIPPED
        library = in_cache(phrases, cache_folder())
        keys = read_key_logs(chosen.keylog, say)
        html = HtmlReport(chosen.html, chosen.pictures) if chosen.html else None
        run = _Run(library, sensor, keys, check, html, chosen.jobs, json=chosen.json, coverage=chosen.coverage)
        found = gathered(chosen.files)
    except MISTAKES as e:
        return _complain(e)
    gc.set_threshold(BETWEEN_COLLECTIONS, 20, 50)
    try:
        with interrupted_at_once():
            return max(run.all(found), _conclude(run, chosen.write_expect))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        fall_silent()
        return UNHEARD


@dataclass(slots=True)
class _Run:
    library: Library
    sensor: SensorSettings | None
    keys: KeyLog
    check: ExpectationCheck | None
    html: HtmlReport | None
    jobs: int
    json: bool = field(kw_only=True)
    coverage: bool = field(kw_only=True)
    found: list[tuple[Path, list[Detection]]] = field(default_factory=list)
    onlooker: Onlooker | None = None
    """Of the capture before."""

    def all(self, wanted: Gathered) -> int:
        with Progress(wanted.files) as progress:
            status = max([self._one(file, progress) for file in wanted.files], default=READ)
        for folder, number in wanted.passed_over.items():
            say(f"{folder}: passed over {number:,} file{'' if number == 1 else 's'} that are no captures")
        return status

    def _one(self, file: Path, progress: Progress) -> int:
        progress.next_file()
        try:
            check_capture(file)
            sha256 = file_sha256(file)
            part = played(self._play(file, sha256, progress), file, self.jobs)
        except MISTAKES as e:
            if self.html:
                self.html.mistake(str(e))
            with progress.aside():
                return _complain(e)
        if self.html:
            self.html.add(part.outcome, sha256, part.evidence)
        with progress.aside():
            tell(_lines(part.outcome, json=self.json, coverage=self.coverage))
            return self._judge(part.outcome, part.undelivered)

    def _play(self, file: Path, sha256: str, progress: Progress) -> Play:
        """Run once for each job, in a process of its own but for the first."""
        spectator = Deliverer(self.sensor, self.library, sha256) if self.sensor else self._onlooker()
        exhibits = Exhibits(self.html.most if self.html else 0)
        watching = Exhibitor(spectator, exhibits) if self.html else spectator

        def play(share: Share) -> Part:
            at = progress.at if share.is_first else _silent
            outcome = asyncio.run(replay(file, sha256, watching, at, self.keys, share))
            undelivered = watching.finish()
            return Part(outcome, exhibits.by_observation(), undelivered)

        return play

    def _onlooker(self) -> Onlooker:
        self.onlooker = self.onlooker.afresh() if self.onlooker else Onlooker(self.library)
        return self.onlooker

    def _judge(self, outcome: Outcome, undelivered: str) -> int:
        self.found.append((outcome.file, outcome.detections))
        if self.check:
            self.check.add(outcome.file, outcome.detections)
        if outcome.ended:
            return _complain(f"{outcome.file}: {outcome.ended}; what comes before was read")
        if outcome.damage:
            more = f" (and {len(outcome.damage) - 1:,} more)" if len(outcome.damage) > 1 else ""
            return _complain(f"{outcome.file}: {outcome.damage[0]}{more}; the rest was read as far as it can be")
        return _complain(f"{outcome.file}: {undelivered}", UNDELIVERED) if undelivered else READ


def _conclude(run: _Run, write_expect: Path | None) -> int:
    status = READ
    if run.check:
        for line in run.check.lines():
            say(line)
        status = READ if run.check.is_met else UNMET
    try:
        if write_expect:
            write_private(expectation_writing.written(run.found, write_expect.parent), write_expect)
        if run.html:
            if sys.stderr.isatty():
                say("drawing what is gravest")
            run.html.write(run.library.version)
    except OSError as e:
        return _complain(e)
    return status


def _lines(outcome: Outcome, *, json: bool, coverage: bool) -> Iterator[str]:
    if json:
        more = {"coverage": coverage_table.as_fields(outcome)} if coverage else {}
        yield as_json(outcome, **more)
        return
    yield from table(outcome)
    if coverage:
        yield from coverage_table.tables(outcome)
    yield summary(outcome)


def _silent(position: int) -> None:
    """The first job says how far it has come."""


def _complain(what: object, status: int = UNREADABLE) -> int:
    say(what)
    return status
