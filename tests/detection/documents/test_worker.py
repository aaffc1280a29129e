import io
import subprocess

from detection.documents.child import COMMAND
from detection.documents.frames import read_frame, write_frame
from detection.documents.worker import READY
from tests.detection.documents.factories import docx


def answers(*bodies: bytes, seconds: float = 6.0) -> list[bytes]:
    """Word and text for each, after the word that says it is ready."""
    orders = io.BytesIO()
    for body in bodies:
        write_frame(orders, body)
    ended = subprocess.run([*COMMAND, str(seconds)], input=orders.getvalue(), capture_output=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, b"")
    said = io.BytesIO(ended.stdout)
    frames = [read_frame(said, 1 << 24) for _ in range(1 + 2 * len(bodies))]
    assert said.read() == b""
    return frames


def test_documents_are_answered_in_their_order_until_there_are_no_more() -> None:
    assert answers(docx("rivers"), b"\x89PNG\0", b"see you") == [
        READY,
        b"",
        b"rivers",
        b"unknown",
        b"",
        b"",
        b"see you",
    ]


SLOW = b"{\\rtf1 the beginning " + b"\\b x" * 2_000_000 + b"}"


def test_what_was_read_in_time_is_given_and_the_next_one_is_read() -> None:
    ready, word, text, *after = answers(SLOW, b"see you", seconds=0.3)
    assert (ready, word) == (READY, b"timeout")
    assert text.startswith(b"the beginning")
    assert after == [b"", b"see you"]
