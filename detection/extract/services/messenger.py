"""Messenger: messages sent and received over the sockets of messenger.com and of facebook.com.

Source: mautrix-meta: ``messagix/socket.go`` (MQTT packets in binary WebSocket messages, topics ``/ls_req`` and
``/ls_resp``, a ``payload`` of Lightspeed tasks or steps) and ``messagix/dgw_lightspeed.go`` (the same payloads in the
frames of the newer gateway). Chats encrypted from end to end go through another socket (``/ws/chat``) and are not read.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.lightspeed import pushed, sent
from detection.extract.meta_socket import values
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.services.facebook import messages, posted, shown

_SOCKET = r"/(?:chat|mqtt|ws/lightspeed)"


def _over_socket(call: Call) -> Iterator[Passage]:
    for value in values(call.path, call.message.body):
        yield from messages(sent(value) if call.sent else pushed(value))


MESSENGER = Service(
    name="Messenger",
    hosts=("messenger.com", "edge-chat.facebook.com", "edge-chat.messenger.com", "gateway.facebook.com",
           "gateway.messenger.com"),
    known=(
        known(_SOCKET, _over_socket, frame=True),
        silent(_SOCKET, frame=True),
        known(r"/api/graphql/?", posted, sent=True),
        silent(r"/api/graphql/?", sent=True),
        known(r"/api/graphql/?", shown, sent=False),
    ),
)  # fmt: skip
