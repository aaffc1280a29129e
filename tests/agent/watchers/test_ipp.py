import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.watchers.ipp import Job, _post, get_jobs, jobs, read_jobs
from tests.agent.watchers.cups import cups, needs_cups, print_text
from tests.agent.watchers.waiting import until

HEAD = b"\x01\x01\0\0\0\0\0\x01\x01G\0\x12attributes-charset\0\x05utf-8H\0\x1battributes-natural-language\0\x02en"
RIVERS = b"\x02B\0\x08job-name\0\x06Rivers!\0\x10time-at-creation\0\x04\0\0\x04\xd2!\0\x06job-id\0\x04\0\0\0\x07"
"""As CUPS 2.4 answers."""


def test_what_cups_answers_is_understood() -> None:
    assert read_jobs(HEAD + RIVERS + b"\x03") == (Job(id=7, name="Rivers", created=1234),)
    assert read_jobs(HEAD + RIVERS + RIVERS.replace(b"\x07", b"\x08") + b"\x03")[1].id == 8
    assert read_jobs(HEAD + b"\x03") == ()


def test_a_name_in_a_language_and_a_second_value_are_understood() -> None:
    named = struct.pack(">H2sH6s", 2, b"en", 6, b"Rivers")
    job = b"\x02\x36\0\x08job-name" + struct.pack(">H", len(named)) + named + b"\x42\0\0\0\x05other"
    assert read_jobs(HEAD + job + b"!\0\x06job-id\0\x04\0\0\0\x07\x03") == (Job(id=7, name="Rivers", created=0),)


def test_a_name_that_is_kept_from_us_is_no_name() -> None:
    unknown = RIVERS.replace(b"B\0\x08job-name\0\x06Rivers", b"\x12\0\x08job-name\0\0")
    assert read_jobs(HEAD + unknown + b"\x03") == ()


def test_an_answer_that_is_none_is_an_error_and_there_being_nothing_is_not() -> None:
    for length in range(len(HEAD + RIVERS)):
        with pytest.raises(ValueError, match="ends in the middle"):
            read_jobs((HEAD + RIVERS)[:length])
    with pytest.raises(ValueError, match="0x0403"):
        read_jobs(b"\x01\x01\x04\x03" + HEAD[4:] + b"\x03")
    assert read_jobs(b"\x01\x01\x04\x06" + HEAD[4:] + b"\x03") == ()


def test_a_question_names_the_account_and_the_first_job() -> None:
    asked = get_jobs("a.clarke", 12)
    assert asked.startswith(b"\x01\x01\0\x0a\0\0\0\x01\x01")
    assert b"requesting-user-name\0\x08a.clarke" in asked
    assert b"first-job-id\0\x04\0\0\0\x0c" in asked
    assert asked.endswith(b"D\0\0\0\x10time-at-creationD\0\0\0\x0cjob-priority\x03")


@contextmanager
def answering(at: Path, answer: bytes) -> Iterator[Path]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(at))
        listening.listen()

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                asked = b""
                while not asked.endswith(b"priority\x03"):
                    asked += connection.recv(1 << 16)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield at
        thread.join(10)


@pytest.mark.parametrize(
    "answer", [b"", b"no HTTP at all\r\n\r\n", b"HTTP/1.1 503 Busy\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\nno IPP"]
)
def test_a_service_that_answers_anything_else_is_an_error_in_a_sentence(tmp_path: Path, answer: bytes) -> None:
    with answering(tmp_path / "s", answer) as at, pytest.raises(ValueError, match="the printing service"):
        jobs(at, "a.clarke", 1)


def test_where_nobody_listens_it_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        jobs(tmp_path / "s", "a.clarke", 1)


@needs_cups
def test_cups_tells_a_person_of_their_own_jobs_and_of_nobody_elses() -> None:
    with cups() as at:
        print_text(at, "The Nile é", "nobody")
        print_text(at, "Something else", "daemon")
        until(lambda: len(jobs(at, "nobody", 1)) == 1)
        (job,) = jobs(at, "nobody", 1)
        assert job.name == "The Nile é"
        assert job.created > 1_700_000_000
        assert jobs(at, "nobody", job.id + 1) == ()


@needs_cups
def test_cups_still_tells_the_name_of_a_job_that_is_done() -> None:
    plain = get_jobs("nobody", 1).replace(b"job-priority", b"job-k-octets")
    with cups() as at:
        print_text(at, "The Nile", "nobody")
        until(lambda: not read_jobs(_post(at, plain)))
        assert [job.name for job in jobs(at, "nobody", 1)] == ["The Nile"]
