"""On a real disk that fills, recordings are refused first, then pictures, and detections never."""

from dataclasses import replace
from pathlib import Path

from appliance.config import ApplianceSettings
from appliance.room import Level, Room, room_of
from tests.tmpfs import Tmpfs

MB = 2**20


def test_levels_follow_what_is_free(tmpfs: Tmpfs) -> None:
    room = Room(places=(tmpfs.folder / "vault", tmpfs.folder), recordings=8 * MB, pictures=4 * MB)
    levels = [room.level()]
    for leave in (6 * MB, 3 * MB, 0):
        tmpfs.fill(leave)
        levels.append(room.level())
    assert levels == [Level.ALL, Level.NO_RECORDINGS, Level.DETECTIONS, Level.DETECTIONS]
    tmpfs.empty()
    assert room.level() is Level.ALL


def test_of_two_disks_the_fuller_counts(tmpfs: Tmpfs) -> None:
    other = tmpfs.folder.parent
    room = Room(places=(other, tmpfs.folder), recordings=8 * MB, pictures=4 * MB)
    tmpfs.fill(2 * MB)
    assert room.level() is Level.DETECTIONS


def test_settings_say_where_to_look(tmp_path: Path) -> None:
    loaded = ApplianceSettings(
        database=f"sqlite:///{tmp_path / 'g.db'}", vault=tmp_path / "vault", private_key=tmp_path / "k"
    )
    room = room_of(loaded)
    assert room.places == (tmp_path / "g.db", tmp_path / "vault")
    assert (room.recordings, room.pictures) == (1024 * MB, 256 * MB)
    other = replace(loaded, database="postgresql://gatehouse@/gatehouse")
    assert room_of(other).places == (tmp_path / "vault",)
