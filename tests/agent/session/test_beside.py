"""What is watched beside the screen: there once it is wanted, and not before."""

from pathlib import Path

from agent.orders import Orders
from agent.seen import Seen
from agent.session.beside import Beside
from agent.session.desktop import Window
from tests.agent.watchers.drawing import picture_of
from tests.agent.watchers.programs import needs_tesseract
from tests.desktop import wait_for


def test_nothing_is_there_until_it_is_wanted_and_then_documents_are_seen(tmp_path: Path) -> None:
    seen: list[Seen] = []
    (tmp_path / "Documents").mkdir()
    beside = Beside(seen.append, tmp_path, "nobody", lambda: None)
    beside.obey(Orders())
    beside.obey(Orders(paused="it is evening", documents=True))
    assert beside._watching is None
    beside.obey(Orders(documents=True, folders=("Documents",)))
    wait_for(lambda: _seen_after_writing(tmp_path, seen), 20)
    beside.close()
    assert "my cat sleeps" in seen[0].text


@needs_tesseract
def test_words_in_the_windows_picture_are_read_where_both_are_wanted(tmp_path: Path) -> None:
    seen: list[Seen] = []
    window = Window(key="w", app="Chromium", title="Holiday")
    beside = Beside(seen.append, tmp_path, "nobody", lambda: (window, picture_of("my cat sleeps in the sun")))
    beside.obey(Orders(ocr=True))
    assert beside._watching is None
    beside.obey(Orders(ocr=True, screen=True))
    wait_for(lambda: seen, 20)
    beside.close()
    assert seen[0].app == "Chromium"
    assert "cat sleeps" in seen[0].text


def _seen_after_writing(home: Path, seen: list[Seen]) -> bool:
    """Written again and again: the first may come before anybody watches."""
    if not seen:
        (home / "Documents" / f"essay {len(list(home.rglob('*')))}.txt").write_text("my cat sleeps in the sun")
    return bool(seen)
