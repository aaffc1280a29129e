"""The sample web as a whole: its certificates, its servers, and where each host name is to be found."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from appliance.sample.authority import Authority
from appliance.sample.chat_server import ChatServer
from appliance.sample.https_server import HttpsServer
from appliance.sample.sites import CHAT_HOST, build_sites


class SampleWeb:
    """Runs between ``start`` and ``stop``, or as a context."""

    def __init__(self, folder: Path, now: datetime) -> None:
        sites = build_sites()
        authority = Authority(folder)
        authority.prepare((*sites, CHAT_HOST), now)
        self.root = authority.root
        """The PEM file a gateway or a client has to trust."""
        self._names = tuple(sites)
        self._pages = HttpsServer(sites, authority.server_context())
        self._chat = ChatServer(authority.server_context())

    def start(self) -> None:
        self._pages.start()
        self._chat.start()

    def stop(self) -> None:
        self._chat.stop()
        self._pages.stop()

    @property
    def hosts(self) -> Mapping[str, tuple[str, int]]:
        """Where a gateway finds each name, on port 443 for its clients."""
        pages = dict.fromkeys(self._names, ("127.0.0.1", self._pages.port))
        return {**pages, CHAT_HOST: ("127.0.0.1", self._chat.port)}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()
