"""A device is enrolled with a code, at the right appliance, once and as a whole."""

import base64
import hashlib
import ssl
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from agent.enrolment import enrolled
from agent.enrolment.enrol import Asked, EnrolmentError, enrol
from detection.client import Client
from tests.agent.appliance import CODE, AgentsAppliance, agents_appliance
from tests.detection.authority import Authority
from tests.detection.scripted_appliance import Scripted


def asked(appliance: AgentsAppliance, **changes: object) -> Asked:
    plain = Asked(
        appliance_url=appliance.url,
        code=CODE,
        authority=appliance.folder / "authority.pem",
        name="laptop",
        system="Linux 6",
        agent_version="1.0",
    )
    return replace(plain, **changes)


def digest_of(authority: Authority) -> bytes:
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority.pem.decode())).digest()


def test_a_device_that_shows_a_code_may_then_speak(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box", library_key=bytes(32)) as appliance:
        device = enrol(asked(appliance), tmp_path)
        assert (device.device, device.organisation) == ("laptop-7", "hill-school")
        client = Client(device.client)
        assert client.get("/agent/policy").status == 200
        client.close()
    assert device.public_key.read_bytes() == (tmp_path / "box" / "public").read_bytes()
    assert device.library_key
    assert device.key.stat().st_mode & 0o777 == 0o600


def test_without_a_library_key_none_is_kept(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        assert enrol(asked(appliance), tmp_path).library_key is None


@pytest.mark.parametrize("by", ["fingerprint", "pin"])
def test_the_appliance_is_known_by_its_fingerprint_or_by_what_stands_behind_the_code(tmp_path: Path, by: str) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        digest = digest_of(appliance.authority)
        pin = base64.b32encode(digest[:16]).decode().rstrip("=").lower()
        known = {"fingerprint": digest.hex(":")} if by == "fingerprint" else {"code": f"{CODE}.{pin}"}
        device = enrol(asked(appliance, authority=None, **known), tmp_path)
        assert device.trusted
        assert appliance.http.asked[-1].json["code"] == CODE


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "wrong"}, "the code is unknown, used up or over"),
        ({"authority": None}, "its certificate is not signed by whom it should be"),
        ({"authority": None, "fingerprint": "00" * 32}, "not the appliance that was meant"),
        ({"authority": None, "fingerprint": "0011"}, "mistyped"),
        ({"authority": None, "code": "abcd.a!"}, "mistyped"),
        ({"authority": Path("/nowhere.pem")}, "/nowhere.pem: No such file"),
        ({"appliance_url": "http://appliance.example"}, "use https"),
    ],
)
def test_what_went_wrong_is_said_with_what_to_do_and_leaves_nothing(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    with agents_appliance(tmp_path / "box") as appliance:
        with pytest.raises(EnrolmentError, match=said):
            enrol(asked(appliance, **changes), state)
        assert not appliance.used
    assert list(state.iterdir()) == []


def test_a_code_is_told_to_nobody_but_the_right_one(tmp_path: Path) -> None:
    """Whatever else is in between has another certificate."""
    with agents_appliance(tmp_path / "box") as appliance, agents_appliance(tmp_path / "other") as impostor:
        for known in ({"fingerprint": digest_of(appliance.authority).hex(), "authority": None}, {}):
            with pytest.raises(EnrolmentError):
                enrol(asked(appliance, appliance_url=impostor.url, **known), tmp_path)
        assert all(CODE.encode() not in each.body for each in impostor.http.asked)


def test_without_a_folder_to_keep_it_in_the_code_is_not_used_up(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        with pytest.raises(EnrolmentError, match=r"nowhere.*: No such file or directory"):
            enrol(asked(appliance), tmp_path / "nowhere")
        assert enrol(asked(appliance), tmp_path).device == "laptop-7"


def test_without_a_connection_it_says_so(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        gone = asked(appliance)
    with pytest.raises(EnrolmentError, match="there is no connection"):
        enrol(gone, tmp_path)


def test_a_device_that_is_enrolled_is_not_enrolled_again(tmp_path: Path) -> None:
    with agents_appliance(tmp_path / "box") as appliance:
        device = enrol(asked(appliance), tmp_path)
        before = device.key.read_bytes()
        with pytest.raises(EnrolmentError, match="is enrolled already"):
            enrol(asked(appliance), tmp_path)
        assert enrolled.read(tmp_path).key.read_bytes() == before


def test_after_the_authority_was_lost_it_is_enrolled_again_with_the_key_that_what_it_keeps_hangs_on(
    tmp_path: Path,
) -> None:
    with agents_appliance(tmp_path / "box") as lost:
        key = enrol(asked(lost), tmp_path).key.read_bytes()
    with agents_appliance(tmp_path / "new box") as appliance:
        with pytest.raises(EnrolmentError, match="say --again"):
            enrol(asked(appliance), tmp_path)
        again = enrol(replace(asked(appliance), again=True), tmp_path)
        assert again.appliance_url == appliance.url
        assert again.key.read_bytes() == key
        assert again.trusted
        assert again.trusted.read_bytes() == (appliance.folder / "authority.pem").read_bytes()
        with closing(Client(again.client)) as client:
            assert client.get("/agent/policy").status == 200
    assert sorted(file.name for file in tmp_path.glob("enrolment*")) == ["enrolment"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Scripted(429), "try again in ten minutes"),
        (Scripted(404), "no appliance that takes agents"),
        (Scripted(500), "it answered 500"),
        (Scripted(201, b"{}"), "the answer cannot be used: certificate"),
        (Scripted(201, b"nonsense"), "the answer cannot be used"),
        (Scripted(hang_up=True), "the connection broke off"),
    ],
)
def test_an_answer_that_will_not_do_leaves_nothing(tmp_path: Path, answer: Scripted, said: str) -> None:
    state = tmp_path / "state"
    state.mkdir()
    with agents_appliance(tmp_path / "box") as appliance:
        appliance.http.answer = lambda _: answer
        with pytest.raises(EnrolmentError, match=said):
            enrol(asked(appliance), state)
    assert list(state.iterdir()) == []
