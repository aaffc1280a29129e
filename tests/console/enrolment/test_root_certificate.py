"""The certificate devices are to trust, and what is no such thing."""

import subprocess
from pathlib import Path

import pytest

from console.enrolment.root_certificate import RootFile, groups, load_root
from tests.console.enrolment.schools import certificate


def test_fingerprints_are_those_openssl_prints(tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(certificate())
    root = load_root(file)
    for algorithm, ours in (("-sha256", root.sha256), ("-sha1", root.sha1)):
        command = ["openssl", "x509", "-in", str(file), "-noout", "-fingerprint", algorithm]
        theirs = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert theirs.strip().rpartition("=")[2].replace(":", "") == ours
    assert root.name == "Gatehouse Hillside Root"


def test_sixteen_groups_of_four_can_be_compared_by_eye(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(certificate())
    made = groups(load_root(tmp_path / "root.pem").sha256)
    assert [len(each) for each in made] == [4] * 16


def test_identifiers_stay_as_long_as_the_certificate_does(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(certificate())
    once, again = load_root(tmp_path / "root.pem"), load_root(tmp_path / "root.pem")
    assert once.identifier("profile") == again.identifier("profile") != once.identifier("payload")
    (tmp_path / "root.pem").write_bytes(certificate())
    assert load_root(tmp_path / "root.pem").identifier("profile") != once.identifier("profile")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (certificate() + b"-----BEGIN PRIVATE KEY-----\n", "holds a private key"),
        (certificate(authority=False), "may sign no others"),
        (b"nothing", "no certificate of an authority"),
    ],
)
def test_what_is_no_public_root_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "root.pem").write_bytes(content)
    with pytest.raises(ValueError, match=said):
        load_root(tmp_path / "root.pem")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        load_root(tmp_path / "root.pem")


def test_a_new_certificate_is_taken_up_and_a_broken_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "root.pem"
    file.write_bytes(certificate())
    root = RootFile(file)
    first = root.current()
    (tmp_path / "new").write_bytes(certificate("Another Root"))
    (tmp_path / "new").replace(file)
    assert root.current().name == "Another Root"
    assert root.current().sha256 != first.sha256
    file.write_text("broken")
    assert root.current().name == "Another Root"
    file.unlink()
    assert root.current().name == "Another Root"
