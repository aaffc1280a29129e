"""On a real disk that fills, recordings are refused first, then pictures, and detections never."""

from appliance.room import Level, Room
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
