import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.sample.browser import Browser, Route
from appliance.sample.sites import CHAT_HOST
from appliance.sample.web import SampleWeb
from tests.websocket_client import Connection, connect


@contextmanager
def join(web: SampleWeb, room: str) -> Iterator[Connection]:
    with connect(
        f"wss://{CHAT_HOST}/ws?room={room}",
        sock=socket.create_connection(web.hosts[CHAT_HOST]),
        ssl=ssl.create_default_context(cafile=str(web.root)),
        proxy=None,
    ) as connection:
        yield connection


def message(author: str, text: str) -> dict[str, str]:
    return {"type": "message", "room": "games", "author": author, "text": text}


def test_everybody_in_the_room_hears_and_who_comes_later_reads_it(web: SampleWeb) -> None:
    with join(web, "games") as nia, join(web, "games") as gus:
        for listener in (nia, gus):
            assert json.loads(listener.recv(10))["type"] == "ready"
        nia.send(json.dumps(message("Nia", "who is on later?")))
        for listener in (nia, gus):
            assert json.loads(listener.recv(10)) == message("Nia", "who is on later?")
    with join(web, "games") as late:
        assert json.loads(late.recv(10)) == message("Nia", "who is on later?")


def test_nonsense_is_passed_over(web: SampleWeb) -> None:
    with join(web, "games") as nia:
        nia.recv(10)
        for frame in ("not JSON", "[]", '{"type": "typing"}', b"\xff"):
            nia.send(frame)
        nia.send(json.dumps(message("Nia", "still here")))
        assert json.loads(nia.recv(10))["text"] == "still here"


def test_the_page_shows_the_rooms_history(web: SampleWeb, route: Route) -> None:
    with join(web, "games") as nia:
        nia.recv(10)
        nia.send(json.dumps(message("Nia", "a <b>bold</b> claim")))
        nia.recv(10)
    with Browser(route) as browser:
        page = browser.open(f"https://{CHAT_HOST}/?room=games").html
    assert "a &lt;b&gt;bold&lt;/b&gt; claim" in page
