"""A program's name as its menu entry says it."""

import os
from pathlib import Path

import pytest

from agent.linux.program_names import ProgramNames

WRITER = "[Desktop Entry]\nName=LibreOffice Writer\nExec=libreoffice --writer %U\n[Desktop Action x]\nName=New\n"
BROWSER = "[Desktop Entry]\nName=Chromium Web Browser\nExec=/usr/bin/chromium %U\nStartupWMClass=Chromium-x\n"


@pytest.fixture
def names(tmp_path: Path) -> ProgramNames:
    (tmp_path / "libreoffice-writer.desktop").write_text(WRITER)
    (tmp_path / "org.chromium.Browser.desktop").write_text(BROWSER)
    (tmp_path / "broken.desktop").write_bytes(b"\xff\x00[Desktop")
    return ProgramNames((tmp_path, tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("libreoffice-writer", "LibreOffice Writer"),
        ("Chromium-x", "Chromium Web Browser"),
        ("Chromium", "Chromium Web Browser"),
        ("Browser", "Chromium Web Browser"),
        ("SomeGame", "SomeGame"),
    ],
)
def test_a_windows_class_leads_to_the_name_people_know(names: ProgramNames, kind: str, name: str) -> None:
    assert names.name(kind, None) == name


def test_a_window_without_a_class_is_called_as_its_programs_file(names: ProgramNames) -> None:
    assert names.name("", os.getpid()) == Path("/proc/self/comm").read_text().strip()
    assert names.name("", None) == "unknown"
