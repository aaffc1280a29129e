"""Settings that would leave a hole are refused at start."""

from pathlib import Path
from typing import Any

import pytest

from appliance.config import ApplianceSettings, WorkerSettings
from appliance.mail_settings import MailSettings
from detection import settings

APPLIANCE: dict[str, Any] = {"private_key": Path("key"), "vault": Path("vault")}
MAIL: dict[str, Any] = {"host": "mail.example", "sender": "gatehouse@school.example"}
WORKER: dict[str, Any] = {"vault": Path("vault"), "console_url": "https://gatehouse.school.example"}


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (ApplianceSettings, APPLIANCE | {"host": "0.0.0.0"}, "without certificate"),
        (ApplianceSettings, APPLIANCE | {"host": "gate.example"}, "without certificate"),
        (ApplianceSettings, APPLIANCE | {"certificate": Path("c")}, "come together"),
        (ApplianceSettings, APPLIANCE | {"port": 70000}, "port"),
        (ApplianceSettings, APPLIANCE | {"threads": 0}, "threads"),
        (MailSettings, MAIL | {"sender": "gatehouse"}, "e-mail address"),
        (MailSettings, MAIL | {"user": "gate"}, "come together"),
        (MailSettings, MAIL | {"user": "gate", "password_file": Path("p"), "starttls": False}, "in the clear"),
        (WorkerSettings, WORKER | {"console_url": "gatehouse.school.example"}, "console_url"),
        (WorkerSettings, WORKER | {"give_up_evidence_minutes": 0}, "give_up_evidence_minutes"),
    ],
)
def test_what_would_leave_a_hole_is_refused(kind: type[Any], fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        kind(**fields)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.53"])
def test_this_machine_itself_needs_no_certificate(host: str) -> None:
    assert ApplianceSettings(**APPLIANCE, host=host).host == host


def test_with_a_certificate_any_address_may_be_listened_on() -> None:
    fields = APPLIANCE | {"certificate": Path("c"), "certificate_key": Path("k")}
    assert ApplianceSettings(**fields, host="0.0.0.0").host == "0.0.0.0"


def test_a_workers_file_is_read_with_its_tables(tmp_path: Path) -> None:
    file = tmp_path / "worker.toml"
    file.write_text("""
vault = "vault"
console_url = "https://gatehouse.school.example"
watch = ["gate-1.json"]
[mail]
host = "mail.example"
sender = "gatehouse@school.example"
[renderer]
seconds = 5
""")
    loaded = settings.load(file, WorkerSettings)
    assert loaded.watch == (tmp_path / "gate-1.json",)
    assert loaded.mail == MailSettings(**MAIL)
    assert loaded.renderer.seconds == 5.0
