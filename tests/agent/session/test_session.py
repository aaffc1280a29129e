"""The loop with a desktop that does as it is told: what is said, what never is, and that orders are obeyed at once."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest

from agent.orders import Orders
from agent.seen import Seen
from agent.session.desktop import Activated, Desktop, Edited, Event, Field, Focused, Redrawn, Tell, Window
from agent.session.session import Session
from agent.session.view import NO_DESKTOP
from detection.agent_policy.private_window import PrivateWindow
from detection.observation import Channel, Direction
from tests.desktop import wait_for

WINDOW = Window(key="w", app="Editor", title="Notes")
BANK = Window(key="b", app="Chromium", title="Home", address="https://www.lloydsbank.co.uk/")
ALL = Orders(screen=True, pictures=True)


@dataclass
class OneWindow(Desktop):
    window: Window | None = WINDOW
    shows: Sequence[str] = ()
    tell: Tell | None = None
    asked: list[str] = field(default_factory=list)
    ended: int = 0

    def begin(self, tell: Tell) -> None:
        self.tell = tell
        tell(Activated(window=self.window))

    def end(self) -> None:
        self.tell = None
        self.ended += 1

    def active(self) -> Window | None:
        return self.window

    def texts(self, window: Window) -> Sequence[str]:
        self.asked.append(f"texts {window.key}")
        return self.shows

    def picture(self, window: Window) -> bytes:
        self.asked.append(f"picture {window.key}")
        return f"JPEG of {window.title}".encode()

    def unseen(self) -> Sequence[str]:
        return ("nothing is hidden here",)

    def happens(self, *events: Event) -> None:
        wait_for(lambda: self.tell, what="the session to listen")
        for event in events:
            assert self.tell
            self.tell(event)


@contextmanager
def running(desktop: Desktop, orders: Orders) -> Iterator[tuple[Session, list[Seen]]]:
    seen: list[Seen] = []
    session = Session(lambda: desktop, seen.append)
    thread = threading.Thread(target=session.run)
    thread.start()
    session.obey(orders)
    try:
        yield session, seen
    finally:
        session.stop()
        thread.join(5)
        assert not thread.is_alive()


def typed(text: str, window: Window = WINDOW, key: str = "f", secure: bool = False) -> list[Event]:
    where = Field(key=key, window=window, is_secure=secure)
    return [Edited(field=where, start=i, inserted=letter) for i, letter in enumerate(text)]


def written(seen: list[Seen]) -> list[Seen]:
    return [s for s in seen if s.direction is Direction.WRITTEN]


def test_a_sentence_is_said_with_its_program_title_and_picture() -> None:
    desktop = OneWindow()
    with running(desktop, ALL) as (_, seen):
        desktop.happens(*typed("My cat sleeps. "))
        (said,) = wait_for(lambda: written(seen))
    assert (said.app, said.title, said.text) == ("Editor", "Notes", "My cat sleeps.")
    assert said.channel is Channel.DOCUMENT
    assert said.picture == b"JPEG of Notes"
    assert said.place


def test_after_a_pause_it_is_said_though_it_has_not_ended() -> None:
    desktop = OneWindow()
    with running(desktop, ALL) as (_, seen):
        desktop.happens(*typed("my cat"))
        (said,) = wait_for(lambda: written(seen), seconds=3)
    assert said.text == "my cat"


def test_until_there_are_orders_and_while_they_pause_nobody_listens() -> None:
    desktop = OneWindow()
    with running(desktop, Orders(paused="it is evening")) as (session, seen):
        session.obey(ALL)
        desktop.happens(*typed("My cat sleeps. "))
        wait_for(lambda: written(seen))
        session.obey(Orders(paused="it is evening"))
        wait_for(lambda: desktop.ended)
        assert desktop.tell is None
        count = len(seen)
        session.obey(ALL)
        desktop.happens(*typed("Her name is Ada. "))
        wait_for(lambda: len(written(seen)) > 1)
    assert [s.text for s in written(seen)] == ["My cat sleeps.", "Her name is Ada."]
    assert len(seen) == count + 1


def test_what_was_half_written_when_a_pause_was_ordered_is_never_said() -> None:
    desktop = OneWindow()
    with running(desktop, ALL) as (session, seen):
        desktop.happens(*typed("my cat"))
        session.obey(Orders(paused="it is evening"))
        wait_for(lambda: desktop.ended)
    assert seen == []


def test_of_a_private_window_nothing_is_said_read_or_pictured() -> None:
    desktop = OneWindow(window=BANK, shows=["Your balance is low."])
    with running(desktop, replace(ALL, earlier_pictures=2)) as (_, seen):
        desktop.happens(*typed("My cat sleeps. ", BANK), Redrawn(window=BANK))
        desktop.window = WINDOW
        desktop.happens(Activated(window=WINDOW), *typed("Her name is Ada. ", key="g"))
        wait_for(lambda: written(seen))
    assert [s.text for s in written(seen)] == ["Her name is Ada."]
    assert not [asked for asked in desktop.asked if asked.endswith(" b")]
    assert "balance" not in "".join(s.text for s in seen if s.app == BANK.app)


def test_a_sentence_from_before_a_private_window_goes_without_a_picture_of_that() -> None:
    desktop = OneWindow()
    with running(desktop, ALL) as (_, seen):
        desktop.happens(*typed("my cat"))
        desktop.window = replace(BANK, key="w")
        (said,) = wait_for(lambda: written(seen), seconds=3)
    assert (said.text, said.picture) == ("my cat", b"")


def test_whoever_reads_the_words_in_its_picture_is_shown_the_window_unless_it_is_private() -> None:
    desktop = OneWindow()
    with running(desktop, ALL) as (session, _):
        desktop.happens()
        assert session.shown() == (WINDOW, f"JPEG of {WINDOW.title}".encode())
        desktop.window, desktop.asked = BANK, []
        assert session.shown() is None
        assert "picture b" not in desktop.asked
        session.obey(Orders(paused="it is evening"))
        wait_for(lambda: desktop.ended)
        desktop.window = WINDOW
        assert session.shown() is None


def test_a_window_that_the_school_calls_private_is_private_at_once() -> None:
    desktop = OneWindow()
    with running(desktop, ALL) as (session, seen):
        desktop.happens(*typed("My cat sleeps. "))
        wait_for(lambda: written(seen))
        session.obey(replace(ALL, private_windows=(PrivateWindow(title="notes"),)))
        desktop.happens(*typed("Her name is Ada. ", key="g"), Focused(field=None))
        session.obey(ALL)
        desktop.happens(*typed("We live here. ", key="h"))
        wait_for(lambda: len(written(seen)) > 1)
    assert [s.text for s in written(seen)] == ["My cat sleeps.", "We live here."]


def test_a_secret_is_never_said() -> None:
    desktop = OneWindow()
    with running(desktop, ALL) as (_, seen):
        desktop.happens(*typed("hunter2. ", key="s", secure=True), *typed("My cat sleeps. "))
        wait_for(lambda: written(seen))
    assert "hunter" not in repr(seen)


def test_pictures_are_taken_only_where_the_orders_say_so() -> None:
    desktop = OneWindow()
    with running(desktop, Orders()) as (_, seen):
        desktop.happens(*typed("My cat sleeps. "))
        (said,) = wait_for(lambda: written(seen))
    assert said.picture == b""
    assert desktop.asked == []


def test_what_is_shown_is_said_once_and_what_was_written_not_again() -> None:
    desktop = OneWindow(shows=["Cats of the world", "My cat sleeps."])
    with running(desktop, ALL) as (_, seen):
        desktop.happens(*typed("My cat sleeps. "), Redrawn(window=WINDOW))
        wait_for(lambda: len(seen) > 1, seconds=4)
    assert {(s.direction, s.text) for s in seen} == {
        (Direction.WRITTEN, "My cat sleeps."),
        (Direction.SHOWN, "Cats of the world"),
    }


def test_frames_from_before_go_with_a_sentence_where_they_are_ordered() -> None:
    desktop = OneWindow()
    with running(desktop, replace(ALL, screen=False, earlier_pictures=2)) as (_, seen):
        desktop.happens(Redrawn(window=WINDOW))
        wait_for(lambda: desktop.asked)
        desktop.happens(*typed("My cat sleeps. "))
        (said,) = wait_for(lambda: written(seen))
    assert said.earlier_pictures == (b"JPEG of Notes",)


def test_a_desktop_that_fails_once_is_survived() -> None:
    class Failing(OneWindow):
        def active(self) -> Window | None:
            if not self.asked:
                self.asked.append("failed")
                raise RuntimeError
            return self.window

    desktop = Failing()
    with running(desktop, replace(ALL, screen=False)) as (_, seen):
        desktop.happens(*typed("My cat sleeps. "))
        desktop.happens(*typed("Her name is Ada. ", key="g"))
        wait_for(lambda: written(seen))
    assert written(seen)[-1].text == "Her name is Ada."


def test_a_desktop_that_is_not_there_yet_is_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agent.session.session.AGAIN", 0.05)
    tries, desktop = list[int](), OneWindow()

    def find() -> Desktop:
        tries.append(1)
        if len(tries) < 3:
            raise OSError("not yet")
        return desktop

    session = Session(find, list[Seen]().append)
    thread = threading.Thread(target=session.run)
    thread.start()
    session.obey(ALL)
    wait_for(lambda: desktop.tell)
    session.stop()
    thread.join(5)
    assert desktop.ended == 1


HEAVY = (
    "_hashlib",
    "html.entities",
    "importlib.metadata",
    "lxml",
    "numpy",
    "onnxruntime",
    "ahocorasick",
    "phonenumbers",
    "pypdf",
    "urllib3",
    "nacl",
    "cryptography",
    "gi",
)


def test_what_cannot_be_seen_is_told_unless_nothing_is_to_be_seen() -> None:
    with running(OneWindow(), ALL) as (session, _):
        wait_for(lambda: list(session.unseen()) == ["nothing is hidden here"])
        session.obey(Orders(paused="outside the hours"))
        wait_for(lambda: list(session.unseen()) == [])


def test_a_desktop_that_is_not_found_is_told() -> None:
    def find() -> Desktop:
        raise OSError("nobody's desktop is here")

    session = Session(find, list[Seen]().append)
    thread = threading.Thread(target=session.run)
    thread.start()
    session.obey(ALL)
    wait_for(lambda: list(session.unseen()) == [NO_DESKTOP])
    session.stop()
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.parametrize("module", ["agent.session.session", "agent.session.command", "agent.linux.desktop"])
def test_a_session_brings_nothing_heavy_into_memory(module: str) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded.intersection(HEAVY)
    assert not {m for m in loaded if m.startswith(("detection.library", "detection.matcher", "detection.model"))}


_: Callable[[], Desktop] = OneWindow
