"""The certificate agents meet is made by their authority and renewed in time."""

import ssl
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

from appliance.agents.authority import authority
from appliance.agents.server_tls import ServerTls, own_file
from appliance.agents.settings import AgentsSettings
from tests.appliance.factories import NOON


def settings(folder: Path, *names: str) -> AgentsSettings:
    return AgentsSettings(private_key=folder, vault=folder, authority=folder / "a", names=names or ("10.0.0.1",))


def serial(folder: Path, now: datetime, *names: str) -> int:
    file = own_file(authority(folder / "a", NOON), settings(folder, *names), now)
    return x509.load_pem_x509_certificate(file.read_bytes()).serial_number


def test_it_is_kept_until_it_is_due_or_the_names_are_others(tmp_path: Path) -> None:
    first = serial(tmp_path, NOON)
    assert serial(tmp_path, NOON + timedelta(days=59)) == first
    assert serial(tmp_path, NOON + timedelta(days=61)) != first
    assert serial(tmp_path, NOON + timedelta(days=61)) == serial(tmp_path, NOON + timedelta(days=62))
    assert serial(tmp_path, NOON, "gate.oak.example") != serial(tmp_path, NOON, "10.0.0.2")


def test_one_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    serial(tmp_path, NOON)
    (tmp_path / "a" / "server.pem").write_text("nothing")
    assert serial(tmp_path, NOON)


def test_a_program_that_runs_for_months_takes_up_the_next(tmp_path: Path) -> None:
    now = [NOON]
    tls = ServerTls(authority(tmp_path / "a", NOON), settings(tmp_path), lambda: now[0])
    first = tls.context()
    now[0] += timedelta(hours=23)
    assert tls.context() is first
    now[0] += timedelta(hours=2)
    assert tls.context() is not first


def test_only_tls_1_3_is_spoken_and_a_certificate_asked_for(tmp_path: Path) -> None:
    context = ServerTls(authority(tmp_path / "a", NOON), settings(tmp_path), lambda: NOON).context()
    assert (context.minimum_version, context.verify_mode) == (ssl.TLSVersion.TLSv1_3, ssl.CERT_OPTIONAL)
