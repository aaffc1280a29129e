"""Microsoft 365 Copilot, the one of schools' and firms' accounts: what is asked and answered over its WebSocket.

Source: NicolaiLassen/m365-copilot-openai-proxy, ``m365_copilot_openai_proxy/substrate_client.py`` (the socket's address
with ``ConversationId``; SignalR messages: type 4 asks as Bing's chat did, type 1 adds ``writeAtCursor`` or repeats the
answer so far, type 2 holds it whole); diegosouzapw/OmniRoute, ``open-sse/executors/copilot-m365-web.ts``.
"""

import re

from detection.extract.services.base import Pieces, Service, known, silent
from detection.extract.services.deeper import in_query
from detection.extract.services.replies import reply, turns, under
from detection.extract.services.shapes import named

_HUB = r"/m365Copilot/Chathub/[^/]+"
_ROOM = "ConversationId"

MICROSOFT_365_COPILOT = Service(
    name="Microsoft 365 Copilot",
    hosts=("substrate.office.com",),
    pieces=Pieces(one=re.compile(r'"writeAtCursor"')),
    known=(
        known(_HUB, in_query(_ROOM, turns(each="arguments[].message", who="author", text="text")), sent=True,
              frame=True),
        known(_HUB, in_query(_ROOM, reply(under("arguments[].writeAtCursor"))), sent=False, frame=True),
        known(_HUB, in_query(_ROOM, turns(each="item.messages[]", who="author", text="text")), sent=False, frame=True),
        silent(_HUB, frame=True, when=named("type", "1", "2", "3", "6", "7")),
    ),
)  # fmt: skip
