"""Messages that are longer, deeper or of more parts than is read: their first words are within every limit, their last
beyond it."""

import base64
import json
from urllib.parse import quote, urlencode

from detection.extract import Message
from tests.detection.extract.factories import frame, shown, written
from tests.detection.extract.wire import framed, sized

FIRST, LAST = "the river was cold today", "nobody has ever read this"
VOLUME = "a" * 1000
GOOGLE = "https://docs.google.com/document/d/1abc"
FORM = "application/x-www-form-urlencoded"
LIVE_FORM = urlencode([("said", FIRST), *((f"f{n}", "1") for n in range(300)), ("late", LAST)])
GRAPHQL = f'mutation {{ a(text: "{FIRST}") ' + 'b(t: "x") ' * 600 + f'c(t: "{LAST}") }}'


def chats(count: int) -> list[dict[str, str]]:
    lines = [{"author": "Bo", "text": f"a line of talk {number}"} for number in range(count)]
    return [{"author": "Bo", "text": FIRST}, *lines, {"author": "Bo", "text": LAST}]


def nested(depth: int) -> bytes:
    return b'{"text": "%s", "a": %s{"text": "%s"}%s}' % (FIRST.encode(), b"[" * depth, LAST.encode(), b"]" * depth)


def in_strings(value: object, times: int) -> object:
    return value if not times else json.dumps({"payload": in_strings(value, times - 1)})


def mixed(kind: str, count: int, first: str = FIRST) -> bytes:
    part = f"--b\r\nContent-Type: {kind}\r\n\r\n%s\r\n"
    return (part % first + part % "see you at five" * count + part % LAST + "--b--\r\n").encode()


def _event(text: str) -> dict[str, object]:
    return {"type": "m.room.message", "sender": "@a:b", "content": {"msgtype": "m.text", "body": text}}


OVER: dict[str, Message] = {
    "bytes of a message": shown(f"{FIRST} {VOLUME * 4300} {LAST}", "text/plain"),
    "passages of a message": shown(chats(600)),
    "text of a message": shown(f"{FIRST} {VOLUME * 2100} {LAST}", "text/plain"),
    "depth of JSON": shown(nested(300)),
    "JSON in strings": shown([{"text": FIRST}, in_strings({"text": LAST}, 5)]),
    "JSON values": shown("\n".join(json.dumps(one) for one in [{"text": FIRST}, *[{"a": 1}] * 5100, {"text": LAST}]),
                         "application/x-ndjson"),
    "base64 in JSON": shown({"text": FIRST, "data": base64.b64encode((f"{VOLUME} " * 2000 + LAST).encode()).decode()}),
    "parts of a batch": shown(mixed("text/plain", 400), "multipart/mixed"),
    "batches in batches": shown(
        f"--a\r\nContent-Type: text/plain\r\n\r\n{FIRST}\r\n--a\r\nContent-Type: multipart/mixed\r\n\r\n"
        "--b\r\nContent-Type: multipart/mixed\r\n\r\n--c\r\nContent-Type: multipart/mixed\r\n\r\n"
        f"--d\r\nContent-Type: text/plain\r\n\r\n{LAST}\r\n--d--\r\n--c--\r\n--b--\r\n--a--\r\n",
        "multipart/mixed"),
    "a program's arguments": written({"query": GRAPHQL}),
    "fields of a GraphQL address": written(url="https://site.example/graphql?" + urlencode(
        [("variables", json.dumps({"text": FIRST})), *((f"f{n}", "1") for n in range(300)), ("query", "{a}")])),
    "fields of an address": written(url="https://site.example/find?" + urlencode(
        [("q", FIRST), *((f"f{n}", "1") for n in range(300)), ("q", LAST)])),
    "length of a search": written(url=f"https://site.example/find?q={quote(FIRST + ' a' * 1500 + LAST)}"),
    "lines of a numbered answer": shown(f'0:"{FIRST} "\n' + '0:"x"\n' * 20_100 + f'0:"{LAST}"\n', "text/plain"),
    "polled lines of Engine.IO": shown(
        "\x1e".join(f"4{json.dumps({'text': text})}" for text in (FIRST, *["x"] * 600, LAST)), "text/plain",
        url="https://site.example/socket.io/?EIO=4&transport=polling"),
    "polled packets behind their length": shown(
        "".join(f"{len(one)}:{one}" for one in (f'4{{"text": "{FIRST}"}}', *['4"x"'] * 600, f'4{{"text": "{LAST}"}}')),
        "text/plain", url="https://site.example/socket.io/?EIO=3&transport=polling"),
    "sentences in bytes": shown(b"\xff".join([FIRST.encode(), *[b"x" * 13] * 1100, LAST.encode()]), "application/bson"),
    "fields of a live form": frame(["1", "2", "lv:a", "event", {"type": "form", "value": LIVE_FORM}],
                                   url="wss://padlet.com/live/websocket"),
    "edits of a document": written(urlencode({"bundles": json.dumps([{"commands": [
        {"ty": "is", "ibi": 1, "s": FIRST}, *[{"ty": "is", "ibi": 25, "s": "x"}] * 20_100,
        {"ty": "is", "ibi": 1, "s": LAST}]}])}), FORM, url=f"{GOOGLE}/save"),
    "chunks of a document": shown("".join(
        f"<script>DOCS_modelChunk = {json.dumps([{'ty': 'is', 'ibi': 1, 's': text}])};</script>"
        for text in (FIRST, *["x"] * 210, LAST)), "text/html", url=f"{GOOGLE}/edit"),
    "fields of a form": written(urlencode(
        [("action", "edit"), ("text", FIRST), *((f"f{n}", "1") for n in range(600)), ("summary", LAST)]),
        FORM, url="https://en.wikipedia.org/w/api.php"),
    "lines of Twitch's chat": frame("\r\n".join(f"PRIVMSG #room :{text}" for text in (FIRST, *["x"] * 600, LAST)),
                                    url="wss://irc-ws.chat.twitch.tv/"),
    "events of Matrix": shown({"chunk": [_event(FIRST), *[1] * 300_000, _event(LAST)]},
                              url="https://matrix.org/_matrix/client/v3/rooms/!a:b/messages"),
    "messages of Snapchat": written(b"".join(
        framed(sized(4, sized(4, sized(2, sized(1, text))))) for text in (FIRST, *["x"] * 1000, LAST)),
        "application/grpc-web+proto",
        url="https://web.snapchat.com/messagingcoreservice.MessagingCoreService/CreateContentMessage"),
}  # fmt: skip
