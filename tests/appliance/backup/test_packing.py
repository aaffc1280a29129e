"""What is in a backup, and above all what is not."""

import io
import tarfile

from nacl.public import SealedBox

from appliance.backup import packing
from appliance.backup.sealed_file import SealedReader
from tests.appliance.backup.conftest import Machine
from tests.appliance.factories import NOON, PRIVATE_KEY


def unpacked(machine: Machine) -> dict[str, bytes]:
    out = io.BytesIO()
    packing.pack(out, machine.settings, machine.folder / "etc", machine.holders, NOON)
    out.seek(0)
    reader = io.BytesIO(SealedReader(out, bytes(machine.lead)).read())
    with tarfile.open(fileobj=reader) as tar:
        return {member.name: content.read() for member in tar if (content := tar.extractfile(member))}


def test_records_vault_settings_and_keys_are_in_it(machine: Machine) -> None:
    found = unpacked(machine)
    assert found[f"vault/{machine.picture}"] == b"a picture" * 30_000
    assert found["settings/box.toml"] == b'school = "Oak School"\n'
    assert found["gatehouse.db"].startswith(b"SQLite format 3")
    sealed = found[f"keys/appliance.key.{machine.holders[1].hex()}"]
    assert SealedBox(machine.head).decrypt(sealed) == PRIVATE_KEY
    assert len([name for name in found if name.startswith("keys/")]) == 4


def test_no_key_is_in_it_unsealed_and_nothing_of_the_authority(machine: Machine) -> None:
    for name, content in unpacked(machine).items():
        assert PRIVATE_KEY not in content, name
        assert b"L" * 32 not in content, name
        assert b"ROOT KEY" not in content, name
        assert not name.endswith(".key")


def test_what_was_copied_aside_is_gone(machine: Machine) -> None:
    unpacked(machine)
    assert list(machine.folder.glob(".backup-*")) == []
