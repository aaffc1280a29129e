"""A backup is read to its end, and one with something missing, too much or leading elsewhere is refused."""

import io
import json
import tarfile
from typing import BinaryIO, cast

import pytest

from appliance.backup import packing, unpacking
from appliance.backup.sealed_file import SealedFileError, SealedWriter
from images.vault import Vault
from tests.appliance.backup.conftest import Machine
from tests.appliance.factories import NOON


def made(machine: Machine) -> bytes:
    out = io.BytesIO()
    packing.pack(out, machine.settings, machine.folder / "etc", machine.holders, NOON)
    return out.getvalue()


def forged(machine: Machine, members: dict[str, bytes], kind: bytes = tarfile.REGTYPE) -> bytes:
    """By somebody who has the public key alone."""
    out = io.BytesIO()
    writer = SealedWriter(out, machine.holders)
    with tarfile.open(fileobj=cast("BinaryIO", writer), mode="w|") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size, member.type, member.linkname = len(content), kind, "/etc/passwd"
            tar.addfile(member, io.BytesIO(content))
    writer.finish()
    return out.getvalue()


def test_what_was_packed_is_counted(machine: Machine) -> None:
    found = unpacking.read(io.BytesIO(made(machine)), bytes(machine.lead))
    assert (found.at, found.objects, found.settings, found.keys) == (NOON, 1, 1, 4)
    assert found.damaged == []


def test_a_picture_that_was_damaged_on_the_machine_is_named(machine: Machine) -> None:
    name = Vault(machine.settings.vault).put(b"another")
    (machine.settings.vault / name[:2] / name[2:4] / name).write_bytes(b"spoilt!")
    assert unpacking.read(io.BytesIO(made(machine)), bytes(machine.lead)).damaged == [name]


END = json.dumps({"objects": 0, "settings": 0, "keys": 0}).encode()


@pytest.mark.parametrize(
    ("members", "kind", "said"),
    [
        ({"end.json": END}, tarfile.REGTYPE, "not complete"),
        ({"gatehouse.db": b"x"}, tarfile.REGTYPE, "not complete"),
        ({"settings/../../etc/cron.d/x.toml": b"x"}, tarfile.REGTYPE, "does not belong"),
        ({"/etc/passwd": b"x"}, tarfile.REGTYPE, "does not belong"),
        ({"settings/box.toml": b""}, tarfile.SYMTYPE, "is no file"),
        ({"about.json": b'{"version": 2, "at": "x"}'}, tarfile.REGTYPE, "newer Gatehouse"),
    ],
)
def test_what_does_not_belong_is_refused(machine: Machine, members: dict[str, bytes], kind: bytes, said: str) -> None:
    taken: list[str] = []
    with pytest.raises(SealedFileError, match=said):
        unpacking.read(
            io.BytesIO(forged(machine, members, kind)),
            bytes(machine.lead),
            lambda name, pieces: taken.extend([name for _ in pieces]),
        )
    assert not [name for name in taken if name != "gatehouse.db"]
