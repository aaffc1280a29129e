"""Where it is remembered what was told: where the unit says, or where the person's own things are."""

from pathlib import Path

from agent.orders import Orders
from agent.telling.here import telling_here
from detection.agent_policy.notice import Notice
from tests.agent.telling.conftest import DesktopHere
from tests.appliance.deadline import eventually

ORDERS = Orders(notice=Notice(school="Hill School"))


def test_the_unit_says_where(desktop: DesktopHere, tmp_path: Path) -> None:
    own = {"STATE_DIRECTORY": str(tmp_path / "state"), "RUNTIME_DIRECTORY": str(tmp_path / "run")}
    _tell(desktop, own)
    assert (tmp_path / "state" / "notice").exists()
    assert (tmp_path / "run" / "told").exists()


def test_without_a_unit_it_is_among_the_persons_own_things(desktop: DesktopHere, tmp_path: Path) -> None:
    _tell(desktop, {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)})
    assert (tmp_path / ".local" / "state" / "gatehouse-agent" / "notice").exists()
    assert (tmp_path / "gatehouse-agent" / "told").exists()


def _tell(desktop: DesktopHere, own: dict[str, str]) -> None:
    telling = telling_here(lambda: desktop.bus, own)
    telling.start()
    with desktop.showing_notifications():
        telling.orders(ORDERS)
        eventually(lambda: desktop.shown() == 1)
    telling.stop()
