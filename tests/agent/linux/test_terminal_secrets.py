"""Whether a terminal asks for a secret: a real line with real programs on it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent.linux.terminal_secrets import TerminalSecrets
from tests.desktop import wait_for

ASKS = "import getpass; getpass.getpass()"
EDITS = "import termios, tty; tty.setraw(0); input()"


@contextmanager
def terminal(*command: str) -> Iterator[int]:
    """What stands for a terminal's window: a program that started another on a line of its own."""
    code = "import pty, sys; pty.spawn(sys.argv[1:], lambda fd: __import__('os').read(fd, 1024))"
    reader, writer = os.pipe()
    process = subprocess.Popen([sys.executable, "-c", code, *command], stdin=reader, stdout=subprocess.DEVNULL)
    try:
        yield process.pid
    finally:
        os.close(writer)
        os.close(reader)
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize(
    ("command", "secret"),
    [
        (("cat",), False),
        ((sys.executable, "-c", ASKS), True),
        ((sys.executable, "-c", EDITS), False),
        (("bash", "-c", "read -s word"), True),
    ],
)
def test_a_program_that_asks_for_a_password_is_known_by_its_line(command: tuple[str, ...], secret: bool) -> None:
    with terminal(*command) as number:
        secrets = TerminalSecrets(clock=iter(range(0, 10**6, 10)).__next__)
        wait_for(lambda: secrets.has_lines(number))
        wait_for(lambda: secrets.is_secret(number) == secret)


def test_a_program_that_takes_its_words_elsewhere_counts_as_secret(tmp_path: Path) -> None:
    link = tmp_path / "tmux"
    link.symlink_to(Path("/bin/cat").resolve())
    with terminal("bash", "-c", f"stty raw -echo; exec {link}") as number:
        secrets = TerminalSecrets(clock=iter(range(0, 10**6, 10)).__next__)
        wait_for(lambda: secrets.is_secret(number), what="tmux in the foreground to count as secret")


def test_what_has_no_line_is_no_terminal() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert not TerminalSecrets().has_lines(process.pid)
    process.communicate(b"\n")
