"""A connection in TLS: what is inside is a connection of its own, if it can be opened, and if the gateway would."""

from dataclasses import replace

from proxy_addons.replay.course import Course, Inner
from proxy_addons.replay.ends import Tls
from proxy_addons.replay.stream import Event, What
from proxy_addons.replay.tls.layer import TlsLayer


class WithinTls:
    def __init__(self, course: Course, tls: TlsLayer) -> None:
        self._course, self._tls = course, tls
        self._inner: Inner | None = None
        self._has_asked = False
        """Whether the gateway would open this at all."""

    async def feed(self, event: Event) -> None:
        for inside in self._tls.take(event):
            if self._is_left_alone():
                return
            if not self._inner and inside.what is not What.END:
                ends = replace(self._course.ends, tls=Tls(self._tls.asked_for or "", self._tls.alpn))
                self._inner = self._course.inside(ends, lambda: self._tls.speaks)
                if not self._inner:
                    return
            if self._inner:
                await self._inner.feed(inside)
        self._is_left_alone()

    def close(self) -> None:
        """Who is never opened is not named either, where a hello that is cut off or a certificate tells who it is."""
        is_hidden = not self._tls.asked_for and bool(self._tls.names) and self._is_closed_to(*self._tls.names)
        if not is_hidden:
            for (what, reason), number in self._tls.unread().items():
                self._course.around.count(what, reason, number)

    def _is_left_alone(self) -> bool:
        """Asked once, before anything that is inside is read."""
        if self._has_asked or self._tls.asked_for is None:
            return False
        self._has_asked = True
        is_closed = self._is_closed_to(*((self._tls.asked_for,) if self._tls.asked_for else ()))
        if is_closed:
            self._course.ignore()
        return is_closed

    def _is_closed_to(self, *names: str) -> bool:
        """A proxy was told where to go as well."""
        ends = self._course.ends
        return self._course.around.leaves_closed((*names, ends.server[0]) if ends.proxied else names)
