import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Timer

import pytest

from agent.macos.showing import MacShowing
from agent.telling.words import Told, told
from tests.agent.telling.test_words import ALL, SCHOOL


def test_a_notification_says_who_monitors_and_is_never_part_of_the_script(tmp_path: Path) -> None:
    run = list[Sequence[str]]()
    MacShowing(tmp_path, run.append).notify(told(ALL))
    ((program, *arguments),) = run
    assert program == "/usr/bin/osascript"
    *script, title, text = arguments
    assert script[::2] == ["-e"] * 3
    assert title == "Hill School monitors what is written on this device"
    assert SCHOOL.help in text
    assert "Click" not in text, "a click on it is told to nobody of ours"
    assert not [line for line in script if "Hill" in line]


@pytest.mark.skipif(sys.platform == "darwin", reason="says what happens elsewhere")
def test_where_it_cannot_be_shown_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="osascript"):
        MacShowing(tmp_path).notify(told(ALL))


def test_the_page_lies_in_the_persons_own_folder(tmp_path: Path) -> None:
    shown = list[tuple[Told, Path]]()
    showing = MacShowing(tmp_path, show=lambda told, folder: shown.append((told, folder)))
    showing.icon(told(ALL))
    showing.page(told(ALL))
    assert shown == [(told(ALL), tmp_path)]


def test_it_waits_until_it_is_woken(tmp_path: Path) -> None:
    showing = MacShowing(tmp_path)
    Timer(0.05, showing.wake).start()
    assert showing.wait() is False
    showing.close()
