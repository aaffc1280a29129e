"""Opening the notice asks the session's bus for the program that shows it: the one that the package installs."""

from pathlib import Path

from agent.telling.opening import NAME, open_notice

INSTALLED = Path(__file__).parents[3] / "agent" / "packaging" / "linux" / "org.gatehouse.Notice.service"


def test_it_asks_for_what_is_installed() -> None:
    assert open_notice().body == (NAME, 0)
    assert f"Name={NAME}\n" in INSTALLED.read_text()
