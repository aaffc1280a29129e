"""The chat: a page with each room's history, and a WebSocket beside it, on one loopback port."""

import asyncio
import json
import logging
import ssl
from http import HTTPStatus
from threading import Thread

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request as Opening
from websockets.http11 import Response as Answer

from appliance.sample.exchange import Request, Response, request
from appliance.sample.pages import page, with_resources
from appliance.sample.rooms import LONGEST, Rooms, Said

FIRST_ROOM = "common room"
OPEN_ROOMS = (FIRST_ROOM, "football", "homework help", "games")

# A browser that hangs up during the opening is no news here; websockets would print a traceback for it.
_LOG = logging.getLogger(__name__)
_LOG.setLevel(logging.CRITICAL)


class ChatServer:
    def __init__(self, context: ssl.SSLContext, address: str = "127.0.0.1") -> None:
        self._context, self._address = context, address
        self._rooms = Rooms(OPEN_ROOMS)
        self._site = with_resources(self._page)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="sample-chat", daemon=True)
        self._server: Server | None = None

    @property
    def port(self) -> int:
        if self._server is None:
            raise RuntimeError("the chat is not running")
        return int(next(iter(self._server.sockets)).getsockname()[1])

    def start(self) -> None:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result()

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> Server:
        return await serve(
            self._talk,
            self._address,
            0,
            ssl=self._context,
            process_request=self._http,
            logger=_LOG,
        )

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def _http(self, connection: ServerConnection, opening: Opening) -> Answer | None:
        asked = request("GET", opening.path)
        if asked.path == "/ws":
            return None
        return _answer(self._site(asked))

    def _page(self, asked: Request) -> Response:
        name = asked.query.get("room", FIRST_ROOM)
        # The rail lists open rooms only: a conversation between two has no business there.
        rooms = OPEN_ROOMS if name in OPEN_ROOMS else (*OPEN_ROOMS, name)
        return page("chat.html", room=name, rooms=rooms, messages=tuple(self._rooms[name].said))

    async def _talk(self, connection: ServerConnection) -> None:
        opening = connection.request
        name = request("GET", opening.path).query.get("room", FIRST_ROOM) if opening else FIRST_ROOM
        room = self._rooms[name]
        waiting: asyncio.Queue[Said] = asyncio.Queue()
        history = tuple(room.said)
        room.listeners.append(waiting.put_nowait)
        try:
            for said in history:
                await connection.send(_frame(name, said))
            await connection.send(json.dumps({"type": "ready", "room": name}))
            await self._pass_on(connection, name, waiting)
        except ConnectionClosed:
            return
        finally:
            room.listeners.remove(waiting.put_nowait)

    async def _pass_on(self, connection: ServerConnection, name: str, waiting: asyncio.Queue[Said]) -> None:
        async def tell() -> None:
            while True:
                await connection.send(_frame(name, await waiting.get()))

        telling = asyncio.create_task(tell())
        try:
            async for frame in connection:
                if said := _said(frame):
                    self._rooms[name].say(said)
        finally:
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)


def _said(frame: str | bytes) -> Said | None:
    """What somebody says; anything that is not a message is passed over."""
    try:
        value = json.loads(frame)
    except ValueError:
        return None
    if not isinstance(value, dict) or value.get("type") != "message":
        return None
    return Said(str(value.get("author", "guest"))[:60], str(value.get("text", ""))[:LONGEST])


def _frame(room: str, said: Said) -> str:
    return json.dumps({"type": "message", "room": room, "author": said.author, "text": said.text})


def _answer(response: Response) -> Answer:
    headers = Headers(
        {
            "Content-Type": response.media_type,
            "Content-Length": str(len(response.body)),
            "Cache-Control": "no-store",
            "Connection": "close",
        }
    )
    status = HTTPStatus(response.status)
    return Answer(status.value, status.phrase, headers, response.body)
