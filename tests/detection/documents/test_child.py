import os
import resource
import signal
import sys
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from detection.documents.child import COMMAND, Child
from detection.documents.contents import MOST_TEXT, Contents, Shortfall
from tests.detection.documents.factories import MAIN, W, docx

SAYS_READY = "import os, sys, time; w = lambda b: os.write(1, len(b).to_bytes(4, 'big') + b); w(b'ready'); "
STRANGE = {
    "ends at once": "pass",
    "ends over a document": "os.read(0, 4)",
    "kills itself": "os.read(0, 4); os.kill(os.getpid(), 9)",
    "announces more than is taken": r"os.read(0, 4); os.write(1, b'\xff\xff\xff\xff'); time.sleep(60)",
    "names a reason nobody knows": "os.read(0, 4); w(b'because'); w(b'')",
    "answers in no letters": r"os.read(0, 4); w(b'\xff'); w(b'')",
}


@contextmanager
def child(*program: str, seconds: float = 10.0, most_documents: int = 200) -> Iterator[Child]:
    command = (sys.executable, "-I", "-c", *program) if program else COMMAND
    made = Child(seconds=seconds, most_documents=most_documents, command=command)
    try:
        yield made
    finally:
        made.close()


def test_no_process_is_started_before_there_is_a_document() -> None:
    with child() as made:
        assert made.pid is None
        assert made.read(docx("rivers")) == Contents(text="rivers")
        assert made.pid


def test_one_process_reads_many_documents_and_is_then_replaced() -> None:
    with child(most_documents=2) as made:
        pids = []
        for number in range(3):
            assert made.read(b"see you %d" % number).text == f"see you {number}"
            pids.append(made.pid)
    assert pids[1] is None
    assert pids[0] != pids[2]


@pytest.mark.parametrize("strange", STRANGE)
def test_whatever_a_process_does_costs_its_document_and_no_more(strange: str) -> None:
    with child(SAYS_READY + STRANGE[strange]) as made:
        for _ in range(2):
            assert made.read(b"see you") == Contents(shortfall=Shortfall.CRASHED)


def test_a_process_that_hangs_is_killed_and_the_next_document_gets_a_new_one(tmp_path: Path) -> None:
    once = f"open({str(tmp_path / 'been')!r}, 'x').close() if not os.path.exists({str(tmp_path / 'been')!r}) else None"
    hangs = SAYS_READY + (
        f"been = os.path.exists({str(tmp_path / 'been')!r}); {once}; os.read(0, 1000); "
        "(w(b''), w(b'see you')) if been else None; time.sleep(60)"
    )
    with child(hangs, seconds=0.5) as made:
        assert made.read(b"x") == Contents(shortfall=Shortfall.TIMEOUT)
        assert made.read(b"x") == Contents(text="see you")


def test_a_process_that_takes_nothing_does_not_hold_up_whoever_asks() -> None:
    with child(SAYS_READY + "time.sleep(60)", seconds=0.3) as made:
        assert made.read(bytes(8 << 20)).shortfall is Shortfall.TIMEOUT


def test_a_process_killed_from_outside_is_replaced() -> None:
    with child() as made:
        made.read(b"see you")
        assert made.pid
        os.kill(made.pid, signal.SIGKILL)
        os.waitid(os.P_PID, made.pid, os.WEXITED | os.WNOWAIT)
        assert made.read(b"see you soon") == Contents(text="see you soon")


def test_one_that_the_kernel_ended_for_its_processor_time_took_too_long() -> None:
    with child(SAYS_READY + "os.read(0, 4); os.kill(os.getpid(), 24); time.sleep(60)") as made:
        assert made.read(b"x") == Contents(shortfall=Shortfall.TIMEOUT)


def test_a_program_that_is_not_there_is_said_to_have_crashed() -> None:
    missing = Child(command=("/nowhere/at/all",))
    assert missing.read(b"x") == Contents(shortfall=Shortfall.CRASHED)


def test_threads_may_ask_at_the_same_time_and_each_gets_its_own_answer() -> None:
    with child() as made, ThreadPoolExecutor(8) as pool:
        texts = [f"see you at {number}" for number in range(40)]
        assert [c.text for c in pool.map(lambda text: made.read(docx(text)), texts)] == texts


def test_closing_ends_what_is_being_read() -> None:
    with child(SAYS_READY + "os.read(0, 4); time.sleep(60)") as made:
        answers: list[Contents] = []
        asking = threading.Thread(target=lambda: answers.append(made.read(b"x")))
        asking.start()
        while made.pid is None:
            pass
        made.close()
        asking.join(20)
    assert [answer.shortfall for answer in answers] == [Shortfall.CRASHED]


def test_nothing_of_the_gateways_environment_reaches_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEHOUSE_SECRET", "x")
    program = SAYS_READY + "os.read(0, 1000); w(b''); w(' '.join(os.environ).encode()); time.sleep(60)"
    with child(program) as made:
        assert "GATEHOUSE_SECRET" not in made.read(b"x").text


def bomb(tmp_path: Path) -> bytes:
    """A letter of some two megabytes that unpacks to 600."""
    file = tmp_path / "bomb.docx"
    line = b"<w:p><w:r><w:t>" + b"rivers of wales, " * 4000 + b"</w:t></w:r></w:p>"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{MAIN["word"]}"/></Types>')
        with archive.open("word/document.xml", "w") as part:
            part.write(f"<w:document {W}>".encode())
            for _ in range((600 << 20) // len(line)):
                part.write(line)
    return file.read_bytes()


def test_a_bomb_costs_the_gateway_no_memory_and_its_beginning_is_read(tmp_path: Path) -> None:
    body = bomb(tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with child() as made:
        contents = made.read(body)
    assert contents.shortfall is Shortfall.LARGE
    assert contents.text.startswith("rivers of wales")
    assert len(contents.text) <= MOST_TEXT
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80 << 10
