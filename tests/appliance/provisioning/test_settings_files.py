"""The programs' settings on the box, each read by the program it is for."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from appliance.agents.settings import AgentsSettings
from appliance.config import ApplianceSettings, WorkerSettings
from appliance.mail_settings import MailSettings
from appliance.provisioning import settings_files
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from console.settings import ConsoleSettings
from detection import settings

BOX = Box(
    school="Ysgol “Bryn” \\ Hill",
    hostname="gatehouse.hill.example",
    outside="eth0",
    network=(Network(name="pupils", interface="eth1", address="10.20.0.1/16"),),
    mail=MailSettings(host="mail.hill.example", sender="gatehouse@hill.example"),
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("appliance", ApplianceSettings),
        ("worker", WorkerSettings),
        ("console", ConsoleSettings),
        ("agents", AgentsSettings),
    ],
)
def test_each_is_what_its_program_takes(tmp_path: Path, name: str, kind: type[Any]) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_text(getattr(settings_files, name)(BOX), "utf-8")
    read = settings.load(file, kind)
    assert str(read.database) == "sqlite:////var/lib/gatehouse/appliance/gatehouse.db"
    assert read.vault == Path("/var/lib/gatehouse/appliance/vault")


def test_alerts_are_sent_and_lead_to_the_console(tmp_path: Path) -> None:
    file = tmp_path / "worker.toml"
    file.write_text(settings_files.worker(BOX), "utf-8")
    read = settings.load(file, WorkerSettings)
    assert read.mail == BOX.mail
    assert read.console_url == "http://localhost:8000", "the near end of the tunnel of docs/deploy.md"


def test_alerts_lead_to_what_stands_before_the_console(tmp_path: Path) -> None:
    front = replace(BOX, console_url="https://gatehouse.hill.example:8443", console_from=("10.1.0.0/24",))
    for name in ("worker", "console"):
        (tmp_path / f"{name}.toml").write_text(getattr(settings_files, name)(front), "utf-8")
    worker = settings.load(tmp_path / "worker.toml", WorkerSettings)
    console = settings.load(tmp_path / "console.toml", ConsoleSettings)
    assert (worker.console_url, console.proxies) == ("https://gatehouse.hill.example:8443", 1)
    (tmp_path / "console.toml").write_text(settings_files.console(BOX), "utf-8")
    assert settings.load(tmp_path / "console.toml", ConsoleSettings).proxies == 0, "nobody's headers are believed"


def test_who_comes_from_elsewhere_than_the_schools_networks_needs_a_passkey(tmp_path: Path) -> None:
    file, url = tmp_path / "console.toml", "https://console.hill.example:8443"
    everywhere = ("10.1.0.0/24", "fd00:1::/64", "0.0.0.0/0", "::/0")
    file.write_text(settings_files.console(replace(BOX, console_url=url + "/", console_from=everywhere)), "utf-8")
    read = settings.load(file, ConsoleSettings)
    assert (read.passkeys_required, read.public_url) == ("outside", url)
    assert read.inside == ("10.1.0.0/24", "fd00:1::/64")
    file.write_text(settings_files.console(replace(BOX, console_url="http://localhost:8000")), "utf-8")
    assert settings.load(file, ConsoleSettings).public_url is None


def test_the_schools_short_name_follows_from_its_name() -> None:
    assert settings_files.school_of(BOX) == "ysgol-bryn-hill"


def test_agents_meet_the_box_under_its_names_and_are_on_site_in_its_networks(tmp_path: Path) -> None:
    file = tmp_path / "agents.toml"
    file.write_text(settings_files.agents(replace(BOX, agents_names=("gate.hill.example",))), "utf-8")
    read = settings.load(file, AgentsSettings)
    assert read.names == ("gate.hill.example", "gatehouse.hill.example", "10.20.0.1")
    assert read.address == "https://gate.hill.example:8446"
    assert read.on_site == {settings_files.school_of(BOX): ("10.20.0.0/16",)}
