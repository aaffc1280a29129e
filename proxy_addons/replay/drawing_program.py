"""Have captures drawn by the program that can: it lives in the other environment, and draws in a caged browser."""

import base64
import binascii
import json
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Self, cast

from detection import wire
from detection.excerpt import excerpt
from detection.grading import Detection
from detection.observation import Evidence

GATEHOUSE = Path(__file__).parents[2] / "scripts" / "gatehouse"
DRAW = (str(GATEHOUSE), "draw")
LONGEST = 64 << 20
"""Bytes of an answer."""
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    png: bytes
    note: str
    """Why it is not simply the page; empty if it is."""


class NotDrawn(Exception):
    """The message says why, as a sentence without its full stop."""


class DrawingProgram:
    """Started at the first drawing. After NotDrawn because it ended, every further drawing says the same."""

    def __init__(self, command: Sequence[str] = DRAW) -> None:
        self._command = command
        self._child: subprocess.Popen[bytes] | None = None
        self._gone = ""
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close

    def draw(self, detection: Detection, who: str, evidence: Evidence | None, note: str, seconds: float) -> Picture:
        """NotDrawn where it cannot be, or not within ``seconds``."""
        if self._gone:
            raise NotDrawn(self._gone)
        child = self._child = self._child or self._start()
        late = Timer(seconds, child.kill)
        late.start()
        try:
            requests, answers = cast(IO[bytes], child.stdin), cast(IO[bytes], child.stdout)
            requests.write(_request(detection, who, evidence, note) + b"\n")
            requests.flush()
            answer = answers.readline(LONGEST)
        except OSError:
            answer = b""
        finally:
            in_time = late.is_alive()
            late.cancel()
        if not answer.endswith(b"\n"):
            self._gone = self._reason() if in_time else "there was no more time for drawing"
            raise NotDrawn(self._gone)
        return _picture(answer)

    def close(self) -> None:
        if self._child:
            self._child.kill()
            for stream in (self._child.stdin, self._child.stdout):
                with suppress(OSError):  # closing flushes what nobody will read
                    cast(IO[bytes], stream).close()
            self._child.wait()
        self._complaints.close()

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints
            )
        except OSError as e:
            self._gone = f"the program that draws cannot be started: {e.strerror}"
            raise NotDrawn(self._gone) from e

    def _reason(self) -> str:
        """What it said last."""
        self._complaints.seek(0)
        lines = [line.strip() for line in self._complaints.read(1 << 16).decode("utf-8", "replace").splitlines()]
        said = next((line for line in reversed(lines) if line), "")
        return f"the program that draws has ended{f': {said[:300]}' if said else ''}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _request(detection: Detection, who: str, evidence: Evidence | None, note: str) -> bytes:
    """As ``images.draw_requests`` has it."""
    report = wire.dump(wire.Report(detection=excerpt(detection)))
    given = evidence and {
        "index": _base64(evidence.index),
        "bodies": {name: _base64(body) for name, body in evidence.bodies.items()},
        "truncated": evidence.truncated,
    }
    return json.dumps({"report": _base64(report), "who": who, "evidence": given, "note": note}).encode()


def _picture(answer: bytes) -> Picture:
    """The program has read a hostile page: what it says is looked at before it is believed."""
    try:
        said = json.loads(answer)
        if error := said.get("error"):
            raise NotDrawn(str(error).rstrip("."))
        png, note = base64.b64decode(said["png"], validate=True), str(said["note"])
    except (ValueError, KeyError, AttributeError, TypeError, binascii.Error) as e:
        raise NotDrawn("the program that draws gave no picture") from e
    if not png.startswith(PNG):
        raise NotDrawn("the program that draws gave no picture")
    return Picture(png=png, note=note)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
