"""Duck.ai, DuckDuckGo's chatbots: what is asked, and the answer word by word.

Source: xtekky/gpt4free (``g4f/Provider/DDG.py``: ``duckchat/v1/chat`` with all ``messages`` so far, ``role`` and
``content`` in each, and the events of the answer with a few words as ``message``).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.replies import reply, turns, under

_CHAT = r"/duckchat/v1/chat"

CHATS = (
    known(_CHAT, turns(each="messages[]", who="role", text="content|content[].text"), sent=True, method="POST"),
    known(_CHAT, reply(under("message")), sent=False),
    silent(r"/duckchat/v1/(?:status|auth/token|models)"),
)
"""Also at the search engine's own address."""
DUCK_AI = Service(name="Duck.ai", hosts=("duck.ai",), chatbot=True, known=CHATS)
