import subprocess
import sys
import threading
import time
from pathlib import Path

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.unread import Unread
from agent.watchers.watching import Watching
from tests.agent.watchers.waiting import until

NAMES = {"documents", "prints", "removable", "screen-words"}


def threads() -> set[str]:
    return NAMES & {thread.name for thread in threading.enumerate()}


def test_nothing_is_watched_before_orders_nor_after_the_end(tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    seen = list[Seen]()
    watching = Watching(seen.append, tmp_path, "a.clarke")
    assert not threads()
    watching.obey(Orders())
    assert not threads()
    watching.obey(Orders(documents=True, folders=("Documents",), prints=True, removable=True, screen=True, ocr=True))
    until(lambda: threads() == NAMES)
    (tmp_path / "Documents" / "rivers.txt").write_text("The Nile is long")
    (tmp_path / "Documents" / "large.txt").write_bytes(b"a" * (17 << 20))
    until(lambda: bool(seen and watching._tally[Unread.LARGE]))
    assert watching.health() == []
    begun = time.monotonic()
    watching.close()
    assert time.monotonic() - begun < 1.0
    until(lambda: not threads())


def test_what_a_session_holds_in_memory_for_it_is_small() -> None:
    """What reads documents and pictures is loaded in processes of its own."""
    text = "import sys, agent.watchers.watching; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", text], capture_output=True, check=True).stdout.decode().split())
    heavy = {
        "PIL",
        "lxml",
        "pypdf",
        "numpy",
        "http.client",
        "hashlib",
        "detection.extract",
        "onnxruntime",
        "ahocorasick",
    }
    assert not loaded & heavy
