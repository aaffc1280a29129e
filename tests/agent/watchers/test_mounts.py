from pathlib import Path

import pytest

from agent.watchers.mounts import Medium, media

LINES = """\
21 28 0:19 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw
28 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
613 28 8:17 / /media/a.clarke/MY\\040STICK rw,nosuid,nodev,relatime shared:300 master:2 - vfat /dev/sdb1 rw
614 28 8:33 / /run/media/a.clarke/fotos rw,nosuid,nodev,relatime - exfat /dev/sdc1 rw
615 28 0:61 / /run/media/a.clarke/x rw - tmpfs tmpfs rw
616 28 8:49 / /mnt/disk rw - ext4 /dev/sdd1 rw
"""


def test_only_what_is_mounted_where_removable_media_go_is_one(tmp_path: Path) -> None:
    (tmp_path / "mountinfo").write_text(LINES)
    assert media(tmp_path / "mountinfo") == (
        Medium(number=613, path=Path("/media/a.clarke/MY STICK")),
        Medium(number=614, path=Path("/run/media/a.clarke/fotos")),
    )


def test_this_systems_own_list_can_be_read() -> None:
    assert Path("/dev/pts") in {medium.path for medium in media(places=("/dev",))}
    assert media(Path("/gone")) == ()


@pytest.mark.parametrize("line", ["", "x", "1 2 3 4 /media/x", "a 2 3 4 /media/x rw - vfat", "1 2 3 4 /media/x rw -"])
def test_a_line_that_is_none_is_passed_over(tmp_path: Path, line: str) -> None:
    (tmp_path / "mountinfo").write_text(line)
    assert media(tmp_path / "mountinfo") == ()
