import io
import tarfile

import pytest

from appliance.provisioning.release import version_of
from appliance.updates.archive import pack, unpack
from tests.appliance.updates.conftest import program


def test_a_release_comes_out_as_it_went_in(tmp_path):
    source = program(tmp_path / "source", "words")
    (source / "scripts" / "gatehouse").chmod(0o755)
    (source / "appliance" / "__pycache__").mkdir()
    (source / "appliance" / "__pycache__" / "x.pyc").write_text("x")
    wheels = tmp_path / "built"
    wheels.mkdir()
    (wheels / "some.whl").write_text("wheel")
    pack(source, wheels, tmp_path / "a.tar.gz")
    unpack(tmp_path / "a.tar.gz", tmp_path / "out")
    assert version_of(tmp_path / "out") == version_of(source)
    assert (tmp_path / "out" / "wheels" / "some.whl").read_text() == "wheel"
    assert (tmp_path / "out" / "scripts" / "gatehouse").stat().st_mode & 0o777 == 0o755
    assert not list((tmp_path / "out").rglob("__pycache__"))


@pytest.mark.parametrize("kind", ["up", "absolute", "link", "cut off", "twice"])
def test_what_no_release_holds_is_refused_and_leaves_nothing(tmp_path, kind):
    file = tmp_path / "bad.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        entry = tarfile.TarInfo({"up": "../out-of-it", "absolute": "/tmp/out-of-it"}.get(kind, "inside"))
        if kind == "link":
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        for _ in range(2 if kind == "twice" else 1):
            entry.size = 0 if kind == "link" else 4
            archive.addfile(entry, io.BytesIO(b"word"))
    if kind == "cut off":
        file.write_bytes(file.read_bytes()[:-30])
    with pytest.raises(ValueError, match=r"bad\.tar\.gz: cannot be unpacked"):
        unpack(file, tmp_path / "out")
    assert {each.name for each in tmp_path.iterdir()} == {"bad.tar.gz"}
