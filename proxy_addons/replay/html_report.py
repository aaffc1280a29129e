"""Collect what a replay found, have the gravest of it drawn, and write the report."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from detection.observation import Evidence
from proxy_addons.replay import report_page
from proxy_addons.replay.drawing_program import DRAW, DrawingProgram, NotDrawn, Picture
from proxy_addons.replay.exhibits import Exhibit, Exhibits
from proxy_addons.replay.private_file import must_be_writable, write_private
from proxy_addons.replay.replay import Outcome
from proxy_addons.replay.report_page import Section

SECONDS = 300.0
"""For all pictures together."""
MOST_BYTES = 96 << 20
"""Of all pictures together: a browser has to open the report."""
NO_TIME = "there was no more time for drawing"
NO_EVIDENCE = "The page's bytes were not recorded."


class HtmlReport:
    def __init__(
        self,
        file: Path,
        most: int,
        *,
        program: Sequence[str] = DRAW,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._file, self._program, self._seconds, self._left = file, program, seconds, most_bytes
        self.most = most
        """Pictures."""
        self._exhibits = Exhibits(most)
        self._sections: list[Section] = []
        self._mistakes: list[str] = []
        must_be_writable(file)  # that it cannot be written is said before hours of replay, not after

    def add(self, outcome: Outcome, sha256: str, evidence: Mapping[str, Evidence | None]) -> None:
        """``evidence``: of the detections that may be drawn, by observation."""
        self._sections.append(report_page.section(outcome, sha256))
        for detection in outcome.detections:
            if (id_ := detection.observation.id) in evidence:
                self._exhibits.add(detection, partial(evidence.get, id_), None)

    def mistake(self, said: str) -> None:
        """A file that could not be read."""
        self._mistakes.append(said)

    def write(self, library_version: str) -> None:
        """OSError where it cannot be written."""
        pictures = self._pictures()
        write_private(report_page.page(self._sections, pictures, library_version, self._mistakes), self._file)

    def _pictures(self) -> dict[str, Picture | str]:
        """By observation; in place of a picture why there is none."""
        found = dict[str, Picture | str]()
        end = time.monotonic() + self._seconds
        with DrawingProgram(self._program) as program:
            for exhibit in self._exhibits.gravest:
                found[exhibit.detection.observation.id] = self._picture(program, exhibit, end - time.monotonic())
        return found

    def _picture(self, program: DrawingProgram, exhibit: Exhibit, seconds: float) -> Picture | str:
        if seconds <= 0:
            return NO_TIME
        seen = exhibit.detection.observation
        note = "" if exhibit.evidence else NO_EVIDENCE
        try:
            picture = program.draw(exhibit.detection, report_page.who(seen.subject), exhibit.evidence, note, seconds)
        except NotDrawn as e:
            return str(e)
        if len(picture.png) > self._left:
            return "the pictures before it fill the report"
        self._left -= len(picture.png)
        return picture
