"""Which programs' keys are read, and of which nothing."""

import os
from pathlib import Path

import pytest

from agent.linux.silent_programs import Reading, SilentPrograms
from agent.linux.terminal_secrets import TerminalSecrets
from agent.session.desktop import Window


class Lines(TerminalSecrets):
    def __init__(self, has: bool, secret: bool = False) -> None:
        self.has, self.secret = has, secret

    def has_lines(self, terminal: int) -> bool:
        return self.has

    def is_secret(self, terminal: int) -> bool:
        return self.secret


def program(proc: Path, *files: str) -> Path:
    folder = proc / "programs"
    folder.mkdir()
    (proc / str(os.getpid())).mkdir()
    (proc / str(os.getpid()) / "exe").symlink_to(folder / "game")
    for name in files:
        (folder / name).touch()
    return proc


@pytest.mark.parametrize(
    ("speaks", "covered", "terminal", "secret", "title", "reading"),
    [
        (True, False, False, False, "Notes", Reading.SPEAKS),
        (False, False, False, False, "Chess", Reading.SENTENCES),
        (None, False, False, False, "Chess", Reading.NOTHING),
        (False, True, False, False, "Chess", Reading.NOTHING),
        (False, False, False, False, "Enter your password", Reading.NOTHING),
        (False, False, False, False, "Log in to Chess", Reading.NOTHING),
        (False, False, True, False, "bash", Reading.TERMINAL),
        (None, False, True, False, "bash", Reading.TERMINAL),
        (False, False, True, True, "bash", Reading.NOTHING),
        (False, True, True, False, "bash", Reading.NOTHING),
    ],
)
def test_what_is_read_of_a_program(
    tmp_path: Path, speaks: bool | None, covered: bool, terminal: bool, secret: bool, title: str, reading: Reading
) -> None:
    programs = SilentPrograms(lambda w: speaks, lambda: covered, Lines(terminal, secret), program(tmp_path))
    assert programs.reading(Window(key="w", app="Game", title=title, pid=os.getpid())) == reading


def test_what_shows_pages_is_not_read_by_its_keys(tmp_path: Path) -> None:
    programs = SilentPrograms(lambda w: False, lambda: False, Lines(False), program(tmp_path, "icudtl.dat"))
    assert programs.reading(Window(key="w", app="Chat", title="Chat", pid=os.getpid())) is Reading.NOTHING


def test_a_program_of_which_nothing_is_known_is_not_read(tmp_path: Path) -> None:
    programs = SilentPrograms(lambda w: False, lambda: False, Lines(False), tmp_path)
    assert programs.reading(Window(key="w", app="Game", title="Chess", pid=4711)) is Reading.NOTHING
    assert programs.reading(Window(key="v", app="Game", title="Chess")) is Reading.NOTHING


def test_a_terminal_is_asked_for_every_key_whether_it_wants_a_secret(tmp_path: Path) -> None:
    lines = Lines(True)
    programs = SilentPrograms(lambda w: False, lambda: False, lines, tmp_path, clock=lambda: 0.0)
    window = Window(key="w", app="XTerm", pid=os.getpid())
    assert programs.reading(window) is Reading.TERMINAL
    lines.secret = True
    assert programs.reading(window) is Reading.NOTHING
