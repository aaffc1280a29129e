"""``gatehouse console`` starts, says where, answers, stops; and says in one line why it cannot."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from console import serve

START = "import sys; from console.serve import main; raise SystemExit(main(sys.argv[1:]))"


def config(folder: Path, more: str = "port = 0") -> Path:
    (folder / "key").write_bytes(b"k" * 32)
    file = folder / "console.toml"
    file.write_text(
        f'database = "sqlite:///{folder}/gatehouse.db"\nvault = "vault"\nsecret_key_file = "key"\n'
        f"cookie_secure = false\n{more}\n"
    )
    return file


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", START, "--config", str(config(folder))]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield program
    finally:
        if program.poll() is None:
            program.send_signal(signal.SIGTERM)
        program.communicate(timeout=60)


def test_it_says_where_it_listens_answers_and_stops_when_told(tmp_path: Path) -> None:
    with running(tmp_path) as program:
        assert program.stdout is not None
        line = program.stdout.readline()
        assert line.startswith("console: listening on http://127.0.0.1:")
        with urlopen(line.split()[-1] + "sign-in") as answer:
            assert b"Safeguarding review" in answer.read()
        program.send_signal(signal.SIGTERM)
        _, errors = program.communicate(timeout=60)
        assert program.returncode == 0
        assert "Traceback" not in errors


def test_a_taken_port_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.main(["--config", str(config(tmp_path, f"port = {port}"))]) == 2
    said = capsys.readouterr().err
    assert said == f"gatehouse console: cannot listen on 127.0.0.1 port {port}: Address already in use\n"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("port = 99999", "port must lie between"),
        ('secret_key_file = "none"', "Cannot overwrite"),
    ],
)
def test_doubtful_settings_are_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: str, said: str
) -> None:
    assert serve.main(["--config", str(config(tmp_path, more))]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_missing_settings_file_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve.main(["--config", str(tmp_path / "none.toml")]) == 2
    assert "cannot be read" in capsys.readouterr().err
