"""Start our programs one after the other, bring one that dies back once, and stop them in the opposite order."""

from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from time import monotonic

from appliance.running.child import Child, Program

GLANCE = 0.1
"""Seconds between looks at a program that is starting, and half a dozen times that afterwards."""


class StartError(Exception):
    """A program that did not come up; the message ends with the last it said."""


class Supervisor:
    def __init__(
        self,
        programs: Sequence[Program],
        say: Callable[[str], None],
        *,
        start_patience: float = 180.0,
        stop_patience: float = 15.0,
    ) -> None:
        self._programs, self._say = programs, say
        self._start_patience, self._stop_patience = start_patience, stop_patience
        self._children: list[Child] = []
        self._restarted: set[str] = set()
        self._lost: set[str] = set()
        self._stopping, self._lock = Event(), Lock()
        self._watch = Thread(target=self._look_again, name="supervisor", daemon=True)

    @property
    def lost(self) -> frozenset[str]:
        """Programs that ended and are not coming back."""
        return frozenset(self._lost)

    def start(self) -> None:
        """Return once all of them serve; StartError, with none left running, if one does not."""
        for program in self._programs:
            child = Child(program)
            self._children.append(child)
            try:
                self._await_ready(child)
            except BaseException:
                self.stop()
                raise
        self._watch.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._watch.is_alive():
            self._watch.join()
        with self._lock:
            for child in reversed(self._children):
                if not child.stop(self._stop_patience):
                    self._say(f"the {child.program.name} would not end when asked, and was ended")
            self._children.clear()

    def _await_ready(self, child: Child) -> None:
        name, deadline = child.program.name, monotonic() + self._start_patience
        while not child.is_ready:
            if child.status is not None:
                raise StartError(f"the {name} did not start (exit status {child.status}); it said:\n{child.tail}")
            if monotonic() > deadline:
                raise StartError(f"the {name} is not ready after {self._start_patience:.0f} s; it said:\n{child.tail}")
            self._stopping.wait(GLANCE)

    def _look_again(self) -> None:
        while not self._stopping.wait(GLANCE * 6):
            with self._lock:
                self._children = [self._revived(child) for child in self._children]

    def _revived(self, child: Child) -> Child:
        name = child.program.name
        if child.status is None or name in self._lost:
            return child
        what = (
            f"the {name} ended unexpectedly (exit status {child.status}); {child.program.log} ends with:\n{child.tail}"
        )
        if name in self._restarted:
            self._lost.add(name)
            self._say(f"{what}\nthe {name} has been started again once already and stays down")
            return child
        self._restarted.add(name)
        self._say(f"{what}\nstarting the {name} again")
        return Child(child.program)
