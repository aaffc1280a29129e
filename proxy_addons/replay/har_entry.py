"""One entry of a HAR as the flow it tells of."""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mitmproxy.connection import Client, Server
from mitmproxy.flow import Error
from mitmproxy.http import Headers, HTTPFlow, Request, Response
from mitmproxy.websocket import WebSocketData, WebSocketMessage
from wsproto.frame_protocol import Opcode

HERE = ("127.0.0.1", 0)
"""A HAR does not say which client it is of."""
_VERSIONS = {"h2": "HTTP/2.0", "http/2": "HTTP/2.0", "http/2.0": "HTTP/2.0", "h3": "HTTP/3", "http/3": "HTTP/3"}
_UNPACKED = ("content-encoding", "content-length", "transfer-encoding")
"""Of an answer whose body the browser has unpacked."""


class HarError(ValueError):
    """What is wrong with an entry."""


def flow_of(entry: object) -> HTTPFlow:
    try:
        return _flow(entry)  # type: ignore[arg-type]  # what it is not is told below
    except KeyError as e:
        raise HarError(f"{e.args[0]} is missing") from e
    except (ValueError, TypeError, AttributeError, OverflowError) as e:
        raise HarError(f"it is not as it should be ({e})") from e


def _flow(entry: Mapping[str, Any]) -> HTTPFlow:
    asked, answered = entry["request"], entry["response"]
    at = datetime.fromisoformat(entry["startedDateTime"]).timestamp()
    end = at + max(float(entry.get("time") or 0), 0) / 1000
    client = Client(peername=HERE, sockname=HERE, timestamp_start=at)
    flow = HTTPFlow(client, Server(address=None))
    flow.timestamp_created = at
    url = asked["url"].replace("wss://", "https://", 1).replace("ws://", "http://", 1)
    said = asked.get("postData") or {}
    flow.request = Request.make(asked["method"], url, _bytes(said), _headers(asked))
    flow.request.http_version = _version(asked)
    flow.request.timestamp_start = flow.request.timestamp_end = at
    flow.server_conn.address = (flow.request.host, flow.request.port)
    if answered["status"] > 0:
        flow.response = Response.make(answered["status"], _bytes(answered["content"]), _headers(answered, _UNPACKED))
        flow.response.http_version = _version(answered)
        flow.response.timestamp_start = flow.response.timestamp_end = end
        flow.websocket = _websocket(entry.get("_webSocketMessages"))
    else:
        flow.error = Error(str(answered.get("_error") or "no answer"), end)
    return flow


def _headers(message: Mapping[str, Any], without: tuple[str, ...] = ()) -> Headers:
    """Without those that HTTP/2 has in place of a request's line."""
    fields = [(each["name"], each["value"]) for each in message["headers"]]
    kept = [(n, v) for n, v in fields if not n.startswith(":") and n.lower() not in without]
    return Headers([(n.encode("utf-8", "replace"), v.encode("utf-8", "replace")) for n, v in kept])


def _bytes(content: Mapping[str, Any]) -> bytes:
    text = content.get("text") or ""
    return base64.b64decode(text) if content.get("encoding") == "base64" else text.encode("utf-8", "replace")


def _version(message: Mapping[str, Any]) -> str:
    return _VERSIONS.get(str(message.get("httpVersion")).lower(), "HTTP/1.1")


def _websocket(messages: Any) -> WebSocketData | None:
    """As Chromium has them: binary ones in base64."""
    if not isinstance(messages, list):
        return None
    return WebSocketData(messages=[_message(each) for each in messages])


def _message(each: Mapping[str, Any]) -> WebSocketMessage:
    binary = each.get("opcode") == Opcode.BINARY
    data = base64.b64decode(each["data"]) if binary else each["data"].encode("utf-8", "replace")
    kind = Opcode.BINARY if binary else Opcode.TEXT
    return WebSocketMessage(kind, each["type"] == "send", data, float(each["time"]))
