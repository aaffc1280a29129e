"""``gatehouse enrolment`` starts, says where, answers, stops; and says in one line why it cannot."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from console.enrolment import serve
from tests.console.enrolment.schools import certificate

START = "import sys; from console.enrolment.serve import main; raise SystemExit(main(sys.argv[1:]))"
PLAIN = """
school = "Hillside"
hostname = "gatehouse.hillside.test"
root = "root.pem"
notice = "notice.txt"
port = {port}
[[network]]
name = "pupils"
address = "127.0.0.1/8"
address6 = "::1/128"
[[network]]
name = "guests"
address = "127.0.0.2/8"
reads = "names"
proxy = false
"""


def config(folder: Path, port: int = 0) -> Path:
    (folder / "root.pem").write_bytes(certificate())
    (folder / "notice.txt").write_text("We read this network.")
    file = folder / "enrolment.toml"
    file.write_text(PLAIN.format(port=port))
    return file


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    command = [sys.executable, "-c", START, "--config", str(config(folder))]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert program.stdout is not None
        yield program, [program.stdout.readline().split()[-1] for _ in range(3)]
    finally:
        if program.poll() is None:
            program.send_signal(signal.SIGTERM)
        program.communicate(timeout=60)


def test_it_answers_on_each_networks_address_with_that_networks_own_page(tmp_path: Path) -> None:
    with running(tmp_path) as (program, (pupils, pupils6, guests)):
        assert pupils6.startswith("http://[::1]:")
        for address, proxy in (
            (pupils, b"PROXY 127.0.0.1:3128"),
            (pupils6, b"PROXY 127.0.0.1:3128"),
            (guests, b"no proxy"),
        ):
            with urlopen(address + "wpad.dat") as answer:
                assert proxy in answer.read()
        program.send_signal(signal.SIGTERM)
        _, errors = program.communicate(timeout=60)
        assert (program.returncode, "Traceback" in errors) == (0, False)


def test_a_taken_port_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.main(["--config", str(config(tmp_path, port))]) == 2
    said = capsys.readouterr().err
    assert said == f"gatehouse enrolment: cannot listen on 127.0.0.1 port {port}: Address already in use\n"


def test_a_bad_certificate_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = config(tmp_path)
    (tmp_path / "root.pem").write_text("nothing")
    assert serve.main(["--config", str(file)]) == 2
    error = capsys.readouterr().err
    assert (error.count("\n"), "no certificate of an authority" in error) == (1, True)
