import stat
from pathlib import Path

from appliance import store
from appliance.running.places import Places, write_secret


def test_the_folders_are_for_their_owner_alone_even_where_one_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    Places(folder).make()
    Places(folder).make()
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in (folder, *folder.iterdir())}
    assert set(modes.values()) == {0o700}, modes


def test_a_secret_is_for_its_owner_alone_and_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "token"
    for content in ("first", "second"):
        write_secret(file, content)
        assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == (content, 0o600)
    assert list(tmp_path.iterdir()) == [file]


def test_the_database_may_lie_in_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    folder = tmp_path / "what? #1 %20"
    places = Places(folder)
    places.make()
    store.migrate(places.database)
    assert (folder / "gatehouse.db").exists()
