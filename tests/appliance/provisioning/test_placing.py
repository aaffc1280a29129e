"""A file in its place in one step."""

from pathlib import Path

from appliance.provisioning.placing import place


def test_a_file_is_replaced_with_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "gateway.toml"
    file.write_text("old")
    place(file, b"new", mode=0o640, user=-1, group=-1)
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o7777 == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_killed_run_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "key.4194305.new").write_text("half")
    place(tmp_path / "key", b"whole", mode=0o600, user=-1, group=-1)
    assert (tmp_path / "key").read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [tmp_path / "key"]
