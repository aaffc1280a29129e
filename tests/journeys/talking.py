"""A small web that speaks many transports: events by tokens, GraphQL, gRPC, uploads, long polls, HTTP/2, WebSockets."""

import json
import queue
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.proxy_addons.origin import Answer, Asked, Web, certificates, chat, http1, http2

HOSTS = ("talk.test", "chat.test", "h2.test")
PAGE = (Path(__file__).parent / "talk" / "page.html").read_bytes()
TOKENS = ("You", " are", " worth", "less,", " go", " kill", " yourself", " thunder", " now")
"""An answer no chatbot should give."""
OTHER = {"author": "sam", "room": "r1", "text": "nobody likes you, go kill yourself lantern"}
"""What somebody else says while a poll waits."""
JSON = {"Content-Type": "application/json"}


class Talk(Web):
    def __init__(self) -> None:
        super().__init__()
        self._said: queue.Queue[str] = queue.Queue()

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        match asked.path.partition("?")[0]:
            case "/":
                return Answer(PAGE)
            case "/v1/chat/completions":
                return Answer(b"", {"Content-Type": "text/event-stream"}, pieces=_events)
            case "/graphql":
                said = json.loads(asked.body)["variables"]["text"]
                return Answer(json.dumps({"data": {"say": {"id": "9", "text": said}}}).encode(), JSON)
            case "/talk.Room/Say":
                return Answer(b"\x80\0\0\0\x0fgrpc-status:0\r\n", {"Content-Type": "application/grpc-web+proto"})
            case "/upload":
                return Answer(b'{"ok": true}', JSON)
            case "/rooms/r1/messages":
                said = json.loads(asked.body)["text"]
                self._said.put(said)
                return Answer(b'{"id": 4}', JSON)
            case "/rooms/r1/poll":
                own = {"author": "robin", "room": "r1", "text": self._said.get(timeout=20)}
                return Answer(json.dumps({"messages": [own, OTHER]}).encode(), JSON)
        return Answer(b"<p>Nothing here.</p>", status=404)


def _events() -> Iterator[bytes]:
    for token in TOKENS:
        yield b"data: %s\n\n" % json.dumps({"choices": [{"index": 0, "delta": {"content": token}}]}).encode()
        time.sleep(0.05)  # as a model would
    yield b"data: [DONE]\n\n"


@contextmanager
def talking(folder: Path) -> Iterator[dict[str, int]]:
    """Host to port; certificates are left in ``folder``."""
    _, pem = certificates(folder, *HOSTS)
    web = Talk()
    with ExitStack() as stack:
        yield {
            "talk.test": stack.enter_context(http1(web, pem)),
            "h2.test": stack.enter_context(http2(web, pem)),
            "chat.test": stack.enter_context(chat(pem, str)),
        }
