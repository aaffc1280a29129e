"""The Linux desktop: accessibility and the X server put together as what a session asks of a platform."""

import threading
from collections.abc import Sequence
from contextlib import suppress

from agent.linux.accessible_bus import AccessibleBus
from agent.linux.accessible_line import Ref
from agent.linux.accessible_listener import AccessibleListener
from agent.linux.key_events import KeyEvents
from agent.linux.program_names import ProgramNames
from agent.linux.questions import Questions
from agent.linux.silent_programs import SilentPrograms
from agent.linux.surroundings import Surroundings
from agent.linux.terminal_secrets import TerminalSecrets
from agent.linux.window_text import document_of, frame_of, speaks, texts_of
from agent.linux.x_keys import XKeys
from agent.linux.x_server import XServer, XWindow
from agent.linux.x_watch import XWatch
from agent.session.desktop import Activated, Event, Tell, Window
from agent.session.picture import jpeg


class LinuxDesktop:
    def __init__(self, where: Surroundings, names: ProgramNames | None = None) -> None:
        self._where, self._names = where, names or ProgramNames()
        self._questions = Questions(self._connect)
        self._server: XServer | None = None
        self._watch: XWatch | None = None
        self._keys: XKeys | None = None
        self._key_events: KeyEvents | None = None
        self._listener: AccessibleListener | None = None
        self._tell: Tell = lambda event: None
        self._window: Window | None = None
        self._frame: Ref | None = None
        """Of the window that said last that it is active; a Wayland compositor tells nobody else."""
        self._frame_of_server: tuple[int, Ref | None] = (0, None)
        self._lock = threading.RLock()

    def begin(self, tell: Tell) -> None:
        if not self._where.display and not self._where.wayland:
            raise OSError("nobody's desktop is here: no program of this account has a DISPLAY or a WAYLAND_DISPLAY")
        self._tell = tell
        if self._where.display:
            self._server = XServer(self._where.display)
            self._listen_to_keys(self._where.display, self._server)
        self._listener = AccessibleListener(self._connect, self._told, lambda: self._window, self._look_on)
        self._listener.begin()
        self._look_on(None)

    @property
    def is_listening(self) -> bool:
        """Whether programs have been asked to tell, and will from now on."""
        return self._listener is not None and self._listener.is_listening

    def end(self) -> None:
        self._tell = lambda event: None
        for part in (self._watch, self._keys, self._listener):
            if part:
                part.end()
        self._questions.close()
        if self._server:
            self._server.close()

    def active(self) -> Window | None:
        return self._look_on(None)

    def texts(self, window: Window) -> Sequence[str]:
        return self._questions.ask(lambda bus: self._texts(bus, window), ())

    def picture(self, window: Window) -> bytes:
        server, now = self._server, self._active_on_server()
        if server is None or now is None or now.key != window.key:
            return b""
        try:
            pixels = server.pixels(int(window.key.removeprefix("x")))
        except OSError:
            return b""
        return jpeg(pixels) if pixels else b""

    def unseen(self) -> Sequence[str]:
        said = []
        if self._where.wayland:
            said.append(
                "This is a Wayland session: text is seen of programs that speak AT-SPI alone, and pictures are taken "
                "of programs that run under Xwayland alone."
            )
        if not self._questions.ask(lambda bus: True, False):
            said.append(
                "No accessibility bus: install at-spi2-core; until then only keys are seen, and no page's text."
            )
        return said

    def _listen_to_keys(self, name: str, server: XServer) -> None:
        programs = SilentPrograms(self._speaks, server.is_covered, TerminalSecrets())
        events = KeyEvents(
            self._told,
            lambda: self._window,
            lambda: self._listener.written if self._listener else None,
            programs.reading,
            catch_up=self._catch_up,
        )
        keys = None
        with suppress(OSError):  # without RECORD; what can be seen then says unseen()
            keys = XKeys(name, events.pressed, events.clicked, events.rests)
        self._watch = XWatch(name, self._look_again, keys.remapped if keys else lambda first, count: None)
        self._watch.begin()
        if keys:
            keys.begin()
            self._keys, self._key_events = keys, events

    def _catch_up(self) -> None:
        """With the keys: those that were pressed until now belong to the window of until now."""
        if self._keys:
            self._keys.catch_up()

    def _told(self, event: Event) -> None:
        self._tell(self._key_events.as_done(event) if self._key_events else event)

    def _speaks(self, window: Window) -> bool | None:
        """Whether its program tells over accessibility what is typed; a terminal does not. None: there is no bus."""
        return self._questions.ask(lambda bus: speaks(bus, window.pid, window.title), None)

    def _connect(self) -> AccessibleBus:
        return AccessibleBus(self._where.bus)

    def _look_again(self) -> None:
        self._look_on(None)

    def _look_on(self, frame: Ref | None) -> Window | None:
        """Which window is active now; told if anything of it has changed."""
        with self._lock:
            self._frame = frame or self._frame
            window = self._active_on_server() or self._active_by_its_word()
            changed = window != self._window
            if changed:
                self._catch_up()
            self._window = window
            if changed:
                self._tell(Activated(window=window))
            return window

    def _active_on_server(self) -> Window | None:
        try:
            found = self._server.active() if self._server else None
        except OSError:
            return None
        if found is None:
            return None
        address, document = self._questions.ask(lambda bus: self._document_on_server(bus, found), ("", ""))
        return Window(
            key=f"x{found.number}",
            app=self._names.name(found.kind, found.pid),
            title=found.title,
            pid=found.pid,
            address=address,
            document=document,
        )

    def _document_on_server(self, bus: AccessibleBus, found: XWindow) -> tuple[str, str]:
        """Which frame a window is holds for as long as it is open; what is open in it is asked every time."""
        number, frame = self._frame_of_server
        if number != found.number or frame is None or not bus.states(frame):
            frame = frame_of(bus, found.pid, found.title)
            self._frame_of_server = found.number, frame
        return _document(bus, frame)

    def _active_by_its_word(self) -> Window | None:
        """A Wayland window's."""
        frame = self._frame
        if not self._where.wayland or frame is None:
            return None
        return self._questions.ask(lambda bus: self._by_its_word(bus, frame), None)

    def _by_its_word(self, bus: AccessibleBus, frame: Ref) -> Window | None:
        pid = bus.process(frame.owner)
        if pid is None:
            return None
        address, document = _document(bus, frame)
        name = self._names.name("", pid)
        return Window(
            key=f"a{frame.owner}{frame.path}",
            app=name,
            title=bus.name(frame),
            pid=pid,
            address=address,
            document=document,
        )

    def _texts(self, bus: AccessibleBus, window: Window) -> Sequence[str]:
        own = self._frame if window.key.startswith("a") else None
        frame = own or frame_of(bus, window.pid, window.title)
        return texts_of(bus, frame) if frame else ()


def _document(bus: AccessibleBus, frame: Ref | None) -> tuple[str, str]:
    return document_of(bus, frame) if frame else ("", "")
