import os
import threading
from pathlib import Path

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.mounts import Medium
from agent.watchers.removable import RemovableWatcher
from agent.watchers.unread import Tally, Unread
from detection.observation import Channel, Direction
from tests.agent.watchers.waiting import until

ON = Orders(removable=True)


class Device:
    def __init__(self) -> None:
        self.media, self.seen, self.tally, self.looks = list[Medium](), list[Seen](), Tally(), 0

    def plugged_in(self) -> list[Medium]:
        self.looks += 1
        return list(self.media)

    def watcher(self) -> RemovableWatcher:
        made = RemovableWatcher(
            self.seen.append, self.tally, every=0.02, again=0.1, most=200, plugged_in=self.plugged_in
        )
        made.obey(ON)
        return made

    def names(self) -> list[str]:
        return [name for seen in self.seen for name in seen.text.split("\n")]


def stick(tmp_path: Path, *names: str) -> Path:
    path = tmp_path / "MY STICK"
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).touch()
    return path


def test_names_are_said_when_a_medium_is_plugged_in_and_those_that_come_upon_it_later(tmp_path: Path) -> None:
    device, path = Device(), stick(tmp_path, "essay.odt", "songs/river.mp3", ".Trash-1000/old.txt", ".hidden")
    watcher = device.watcher()
    until(lambda: device.looks > 2)
    assert device.seen == []
    device.media.append(Medium(number=613, path=path))
    until(lambda: bool(device.seen))
    (path / "poem.txt").touch()
    until(lambda: "poem.txt" in device.names())
    watcher.close()
    assert device.names() == ["songs", "essay.odt", "river.mp3", "poem.txt"]
    seen = device.seen[0]
    assert (seen.channel, seen.direction, seen.location) == (Channel.FILE_NAME, Direction.SHOWN, "MY STICK")


def test_one_that_was_pulled_out_and_plugged_in_again_is_a_new_one(tmp_path: Path) -> None:
    device, path = Device(), stick(tmp_path, "essay.odt")
    device.media.append(Medium(number=613, path=path))
    watcher = device.watcher()
    until(lambda: bool(device.seen))
    device.media.clear()
    looks = device.looks
    until(lambda: device.looks > looks + 1)
    device.media.append(Medium(number=614, path=path))
    until(lambda: len(device.seen) > 1)
    watcher.close()
    assert device.names() == ["essay.odt", "essay.odt"]


def test_a_medium_with_more_files_than_are_named_is_counted_and_holds_nothing_up(tmp_path: Path) -> None:
    device, path = Device(), stick(tmp_path, *(f"{number}.jpg" for number in range(430)))
    (path / "round").symlink_to(path)
    device.media.append(Medium(number=613, path=path))
    device.media.append(Medium(number=614, path=tmp_path / "gone"))
    watcher = device.watcher()
    until(lambda: device.tally[Unread.CROWDED] > 0)
    watcher.close()
    assert len(device.names()) == 200
    until(lambda: not any(thread.name == "removable" for thread in threading.enumerate()))


def test_a_name_of_any_bytes_can_be_said(tmp_path: Path) -> None:
    device, path = Device(), stick(tmp_path, os.fsdecode(b"Fl\xfcsse.txt"))
    device.media.append(Medium(number=613, path=path))
    watcher = device.watcher()
    until(lambda: bool(device.seen))
    watcher.close()
    device.seen[0].text.encode()
