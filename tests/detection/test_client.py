"""A sensor speaks to its own appliance only, and shows its token to nobody else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from detection.client import Client, ClientSettings, Failure, NoAnswerError, read_token
from detection.settings import SettingsError
from tests.detection.authority import Authority
from tests.detection.scripted_appliance import TOKEN, Scripted, ScriptedAppliance, scripted_appliance, token_file


def certificate(file: Path, address: str) -> Path:
    """A self-signed certificate for that address, with its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "appliance")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return file


def ask(url: str, folder: Path, ca_file: Path | None = None) -> int:
    client = Client(ClientSettings(appliance_url=url, token_file=token_file(folder), ca_file=ca_file))
    try:
        return client.get("/bindings").status
    finally:
        client.close()


def test_an_appliance_with_the_right_certificate_is_spoken_to(tmp_path: Path) -> None:
    pem = certificate(tmp_path / "appliance.pem", "127.0.0.1")
    with scripted_appliance(pem) as appliance:
        assert ask(appliance.url, tmp_path, ca_file=pem) == 201
        assert appliance.asked[0].headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(("address", "trusted"), [("127.0.0.1", False), ("127.0.0.2", True)])
def test_an_impostor_is_told_nothing(tmp_path: Path, address: str, trusted: bool) -> None:
    """Signed by nobody we know; or known, but for another address."""
    pem = certificate(tmp_path / "impostor.pem", address)
    with scripted_appliance(pem) as impostor:
        with pytest.raises(NoAnswerError) as raised:
            ask(impostor.url, tmp_path, ca_file=pem if trusted else None)
        assert raised.value.failure is Failure.CERTIFICATE
        assert impostor.asked == []


def test_a_redirect_is_an_answer_and_not_followed(appliance: ScriptedAppliance, tmp_path: Path) -> None:
    appliance.answers = [Scripted(302, headers={"Location": "/elsewhere"})]
    assert ask(appliance.url, tmp_path) == 302
    assert len(appliance.asked) == 1


def test_an_answer_that_breaks_off_is_no_answer(appliance: ScriptedAppliance, tmp_path: Path) -> None:
    appliance.answers = [Scripted(hang_up=True)]
    with pytest.raises(NoAnswerError) as raised:
        ask(appliance.url, tmp_path)
    assert raised.value.failure is Failure.NO_ANSWER


def test_an_endless_answer_is_no_answer(
    appliance: ScriptedAppliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("detection.client.LONGEST_ANSWER", 1000)
    appliance.answers = [Scripted(200, bytes(1001))]
    with pytest.raises(NoAnswerError):
        ask(appliance.url, tmp_path)


def test_the_connection_is_kept_for_the_next_request(appliance: ScriptedAppliance, tmp_path: Path) -> None:
    client = Client(ClientSettings(appliance_url=appliance.url + "/", token_file=token_file(tmp_path)))
    for _ in range(3):
        client.request("POST", "/detections", b'{"id": "a"}', "application/json")
    client.close()
    assert len({asked.connection for asked in appliance.asked}) == 1
    assert appliance.asked[0].path == "/detections"


@pytest.mark.parametrize(
    "url",
    [
        "https://appliance.school.example",
        "https://10.0.0.2:8443/monitoring",
        "http://127.0.0.1:9",
        "http://[::1]/",
        "http://localhost",
    ],
)
def test_a_good_address_is_taken(url: str, tmp_path: Path) -> None:
    ClientSettings(appliance_url=url, token_file=tmp_path / "token")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://appliance.school.example", "plain http is for loopback only: use https"),
        ("http://10.0.0.2", "plain http is for loopback only: use https"),
        ("http://127.0.0.1.example", "plain http is for loopback only: use https"),
        ("ftp://appliance", "must be https://HOST"),
        ("appliance.school.example", "must be https://HOST"),
        ("", "must be https://HOST"),
        ("https://user:word@appliance", "must be no more than https://HOST"),
        ("https://appliance/?a=b", "must be no more than https://HOST"),
        ("https://[nonsense", "is not a URL"),
    ],
)
def test_a_doubtful_address_stops_the_start(url: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"^appliance_url: {problem}"):
        ClientSettings(appliance_url=url, token_file=tmp_path / "token")


def test_the_token_is_one_line(tmp_path: Path) -> None:
    assert read_token(token_file(tmp_path)) == TOKEN


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda file: file.unlink(), "the token cannot be read: No such file"),
        (lambda file: file.chmod(0o640), "others can read the token; chmod 600 it"),
        (lambda file: file.chmod(0o604), "others can read the token; chmod 600 it"),
        (lambda file: file.write_text(""), "does not hold a token"),
        (lambda file: file.write_text("two words here"), "does not hold a token"),
        (lambda file: file.write_text("header\r\nInjection: x"), "does not hold a token"),
        (lambda file: file.write_bytes(b"\xff" * 20), "does not hold a token"),
    ],
)
def test_a_doubtful_token_stops_the_start(tmp_path: Path, spoil: Callable[[Path], object], problem: str) -> None:
    file = token_file(tmp_path)
    spoil(file)
    with pytest.raises(SettingsError, match=f"token: {problem}") as raised:
        Client(ClientSettings(appliance_url="https://appliance", token_file=file))
    assert "Injection" not in str(raised.value)


@pytest.mark.parametrize(("content", "problem"), [(None, "cannot be read"), (b"no certificate", "in PEM form")])
def test_a_doubtful_ca_file_stops_the_start(tmp_path: Path, content: bytes | None, problem: str) -> None:
    ca_file = tmp_path / "ca.pem"
    if content is not None:
        ca_file.write_bytes(content)
    with pytest.raises(SettingsError, match=rf"ca\.pem: .*{problem}"):
        Client(ClientSettings(appliance_url="https://appliance", token_file=token_file(tmp_path), ca_file=ca_file))


def test_a_device_shows_its_certificate_and_no_token(tmp_path: Path) -> None:
    authority = Authority()
    trusted, device = authority.write(tmp_path / "ca.pem"), authority.pair(tmp_path / "device.pem", "laptop-7")
    with scripted_appliance(authority.pair(tmp_path / "appliance.pem"), authority=trusted) as appliance:
        client = shown_by(device, appliance.url, trusted)
        assert client.get("/agent/policy").status == 201
        assert not client.reread_proof()
        client.close()
        assert appliance.asked[0].certificate
        assert "Authorization" not in appliance.asked[0].headers


def shown_by(device: Path, url: str, trusted: Path) -> Client:
    return Client(ClientSettings(appliance_url=url, ca_file=trusted, client_certificate=device, client_key=device))


def test_a_certificate_is_shown_anew_once_it_was_renewed(tmp_path: Path) -> None:
    authority = Authority()
    trusted, device = authority.write(tmp_path / "ca.pem"), authority.pair(tmp_path / "device.pem", "laptop-7")
    with scripted_appliance(authority.pair(tmp_path / "appliance.pem"), authority=trusted) as appliance:
        client = shown_by(device, appliance.url, trusted)
        client.get("/library")
        authority.pair(device, "laptop-7")
        client.get("/library")
        assert client.reread_proof()
        assert not client.reread_proof()
        client.get("/library")
        shown = [asked.certificate for asked in appliance.asked]
        assert shown[0] == shown[1] != shown[2]
        device.write_text("nothing")
        assert not client.reread_proof()
        with pytest.raises(SettingsError, match="is not a certificate in PEM form"):
            client.reread_certificate()
        assert client.get("/library").status == 201
        client.close()
