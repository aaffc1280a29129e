import stat
from pathlib import Path

from appliance import store
from appliance.running.places import Places


def test_the_folders_are_for_their_owner_alone_even_where_one_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    Places(folder).make()
    Places(folder).make()
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in (folder, *folder.iterdir())}
    assert set(modes.values()) == {0o700}, modes


def test_the_database_may_lie_in_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    folder = tmp_path / "what? #1 %20"
    places = Places(folder)
    places.make()
    store.migrate(places.database)
    assert (folder / "gatehouse.db").exists()
