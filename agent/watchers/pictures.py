"""Read the words in a picture: a process for each, with limits, runs tesseract and is killed if it takes too long."""

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import BinaryIO, Protocol, cast

from agent.watchers.picture_worker import LARGE, NO_PICTURE, READ
from detection.child_python import child_python
from detection.documents.contents import Contents, Shortfall

PLACES = ("/usr/bin/tesseract", "/usr/local/bin/tesseract", "/opt/homebrew/bin/tesseract")
SECONDS = 20.0
MOST_TEXT = 100_000
_LONGEST_ANSWER = 4 * MOST_TEXT
_MOST_LANGUAGES = 3
"""Each takes as long again."""
COMMAND = child_python("agent.watchers.picture_worker", "PIL")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
_SHORTFALLS = {LARGE: Shortfall.LARGE, NO_PICTURE: Shortfall.UNKNOWN}
MISSING = "words in pictures are not read: tesseract is not installed (on Debian the package tesseract-ocr)"


class ReadsPictures(Protocol):
    """Blocks, for a bounded time, and never raises for what a picture does."""

    def missing(self) -> str: ...

    def read(self, body: bytes) -> Contents: ...

    def close(self) -> None: ...


def is_picture(head: bytes) -> bool:
    return (
        head.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[:2] == b"BM" and head[6:10] == b"\0\0\0\0")
    )


class Pictures:
    """``read`` is for one thread at a time, ``close`` for any."""

    def __init__(
        self,
        *,
        find: Callable[[], str] | None = None,
        seconds: float = SECONDS,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._find, self._seconds, self._command = find or tesseract, seconds, command
        self._languages = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def missing(self) -> str:
        """Why no picture can be read, in a sentence; empty where it can."""
        return "" if self._find() else MISSING

    def read(self, body: bytes) -> Contents:
        program = self._find()
        if self._closed or not program:
            return Contents(shortfall=Shortfall.UNKNOWN)
        self._languages = self._languages or languages(program)
        try:
            return self._asked([*self._command, str(int(self._seconds)), program, self._languages], body)
        except OSError:
            return Contents(shortfall=Shortfall.CRASHED)

    def close(self) -> None:
        """For good; what is being read meanwhile is lost."""
        self._closed = True
        if process := self._process:
            _kill(process)

    def _asked(self, command: Sequence[str], body: bytes) -> Contents:
        late = threading.Event()
        process = self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/",
            env=_ENVIRONMENT, start_new_session=True,
        )  # fmt: skip

        def end() -> None:
            late.set()
            _kill(process)

        timer = threading.Timer(self._seconds, end)
        timer.daemon = True
        timer.start()
        text = _conversation(process, body)
        ended = process.wait()
        timer.cancel()
        self._process = None
        if ended == READ:
            return Contents(text=text)
        out_of_time = late.is_set() or ended == -signal.SIGXCPU
        return Contents(shortfall=Shortfall.TIMEOUT if out_of_time else _SHORTFALLS.get(ended, Shortfall.CRASHED))


def tesseract(places: Sequence[str] = PLACES) -> str:
    """Where it is; empty if nowhere."""
    return next((path for path in places if os.access(path, os.X_OK)), "")


def languages(program: str) -> str:
    """Those it has data for, English first; ``osd`` is none."""
    try:
        asked = subprocess.run(
            [program, "--list-langs"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_ENVIRONMENT, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return "eng"
    named = [line.strip() for line in asked.stdout.decode("utf-8", "replace").splitlines()[1:]]
    usable = sorted((name for name in named if name.isidentifier() and name not in ("osd", "equ")), key=_english_first)
    return "+".join(usable[:_MOST_LANGUAGES]) or "eng"


def _english_first(name: str) -> tuple[bool, str]:
    return (name != "eng", name)


def _conversation(process: "subprocess.Popen[bytes]", body: bytes) -> str:
    questions, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
    with suppress(OSError), questions:
        questions.write(body)
    with answers:
        text = answers.read(_LONGEST_ANSWER)
    if len(text) == _LONGEST_ANSWER:
        _kill(process)
    return text.decode("utf-8", "replace")[:MOST_TEXT].replace("\f", "\n").strip()


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """And what it started: both are a session of their own."""
    if process.returncode is None:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
