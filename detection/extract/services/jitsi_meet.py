"""Jitsi Meet: the chat beside a call on its public server. On others the general reader reads the same stanzas.

Source: Jitsi Meet handbook, "Self-hosting: Docker" (``/xmpp-websocket`` and ``/http-bind``); the stanzas: see ``xmpp``.
"""

from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.services.base import Service, known, silent
from detection.extract.services.call import Call
from detection.extract.xmpp import messages

_SOCKET = r"(?:/[\w.-]+){0,3}/xmpp-websocket"
_BOSH = r"(?:/[\w.-]+){0,3}/http-bind"


def _stanzas(call: Call) -> Iterator[Passage]:
    yield from messages(call.text, written=call.sent)


JITSI_MEET = Service(
    name="Jitsi Meet",
    hosts=("meet.jit.si", "8x8.vc"),
    known=(
        known(_SOCKET, _stanzas, frame=True),
        silent(_SOCKET, frame=True),
        known(_BOSH, _stanzas),
        silent(_BOSH),
    ),
)
