"""Named pipes as Windows' calls would answer, for tests: what goes through goes through a pair of sockets."""

import socket
from collections import defaultdict
from contextlib import suppress
from itertools import count
from queue import Empty, SimpleQueue
from threading import Event, Lock

from agent.windows.pipe_calls import PipeCalls


class ScriptedPipes(PipeCalls):
    """``sid`` is who is at each client's end; asked before anything was read, Windows refuses to tell."""

    def __init__(self, sid: str) -> None:
        self.sid = sid
        self.open_handles = set[int]()
        self._numbers, self._lock = count(1), Lock()
        self._waiting = defaultdict[str, SimpleQueue[int]](SimpleQueue)
        self._ends = dict[int, socket.socket]()
        self._came = defaultdict[int, Event](Event)
        self._cancelled, self._was_read = set[int](), set[int]()

    def create(self, name: str, who_may: str, *, is_first: bool) -> int:
        if is_first and not self._waiting[name].empty():
            raise PermissionError(f"{name} is somebody else's")
        pipe = self._number()
        self._waiting[name].put(pipe)
        return pipe

    def wait_for_client(self, pipe: int) -> bool:
        self._came[pipe].wait()
        return pipe not in self._cancelled

    def open(self, name: str, rights: int) -> int:
        try:
            server = self._waiting[name].get_nowait()
        except Empty:
            raise FileNotFoundError(f"there is no pipe {name}") from None
        pipe = self._number()
        self._ends[server], self._ends[pipe] = socket.socketpair()
        self._came[server].set()
        return pipe

    def read(self, pipe: int, most: int, within: float) -> bytes:
        self._ends[pipe].settimeout(within)
        try:
            heard = self._ends[pipe].recv(most)
        except OSError as e:
            if isinstance(e, TimeoutError):
                raise
            return b""
        self._was_read.add(pipe)
        return heard

    def write(self, pipe: int, data: bytes, within: float) -> int:
        return self._ends[pipe].send(data)

    def client(self, pipe: int) -> str:
        if pipe not in self._was_read:
            raise OSError("unable to impersonate using a named pipe until data has been read from that pipe")
        return self.sid

    def cancel(self, pipe: int) -> None:
        self._cancelled.add(pipe)
        self._came[pipe].set()
        if pipe in self._ends:
            with suppress(OSError):
                self._ends[pipe].shutdown(socket.SHUT_RDWR)

    def close(self, pipe: int) -> None:
        self.open_handles.remove(pipe)
        if pipe in self._ends:
            self._ends[pipe].close()

    def _number(self) -> int:
        with self._lock:
            number = next(self._numbers)
            self.open_handles.add(number)
            return number
