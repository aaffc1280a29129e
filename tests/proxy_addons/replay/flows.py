"""Recorded flows: a dump as mitmproxy writes it, a HAR as Chromium does."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mitmproxy.flow import Flow
from mitmproxy.http import Headers, HTTPFlow, Request, Response
from mitmproxy.io import FlowWriter
from mitmproxy.test import tflow
from mitmproxy.websocket import WebSocketData, WebSocketMessage
from wsproto.frame_protocol import Opcode

from tests.proxy_addons.replay.factories import NOON, PUPIL, WORDS

SEARCH = "https://news.test/search?q=" + WORDS.replace(" ", "+")


def flow(url: str = SEARCH, body: bytes = b"<p>Hello.</p>", at: float = NOON) -> HTTPFlow:
    made = tflow.tflow()
    made.client_conn.peername, made.client_conn.sni = (PUPIL, 40000), None
    made.request = Request.make("GET", url, headers={"accept": "text/html"})
    made.request.timestamp_start, made.request.timestamp_end = at, at + 0.1
    made.response = Response.make(200, body, Headers(content_type="text/html"))
    made.response.timestamp_start, made.response.timestamp_end = at + 0.2, at + 0.3
    return made


def chat(*said: tuple[bool, str]) -> HTTPFlow:
    made = flow("https://chat.test/room", b"")
    made.response.status_code = 101
    messages = [WebSocketMessage(Opcode.TEXT, up, text.encode(), NOON + n + 1) for n, (up, text) in enumerate(said)]
    made.websocket = WebSocketData(messages=messages, timestamp_end=NOON + 100)
    return made


def dump(file: Path, flows: Iterable[Flow]) -> Path:
    with file.open("wb") as opened:
        writer = FlowWriter(opened)
        for each in flows:
            writer.add(each)
    return file


def entry(url: str = SEARCH, **more: Any) -> dict[str, Any]:
    """Of Chromium's, over HTTP/2."""
    return {
        "startedDateTime": "2026-03-03T12:00:00.000Z",
        "time": 52.1,
        "request": {
            "method": "GET",
            "url": url,
            "httpVersion": "h2",
            "headers": [{"name": ":authority", "value": "news.test"}, {"name": "accept", "value": "text/html"}],
        },
        "response": {
            "status": 200,
            "statusText": "",
            "httpVersion": "h2",
            "headers": [{"name": "content-type", "value": "text/html"}, {"name": "content-encoding", "value": "br"}],
            "content": {"size": 13, "mimeType": "text/html", "text": "<p>Hello.</p>"},
        },
    } | more


def har(file: Path, *entries: object) -> Path:
    said = {"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "entries": entries}}
    file.write_text(json.dumps(said, indent=2))
    return file
