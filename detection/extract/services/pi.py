"""Pi: what is asked and the answer word by word.

Source: xtekky/gpt4free (``Provider/needs_auth/Pi.py``: ``api/chat`` with ``text`` and ``conversation``, the events with
``text`` or ``title``).
"""

from detection.extract.services.base import Service, known, silent
from detection.extract.services.replies import reply, under
from detection.extract.services.shapes import objects
from detection.observation import Channel

PI = Service(
    name="Pi",
    hosts=("pi.ai",),
    chatbot=True,
    known=(
        known(
            r"/api/chat", objects(Channel.PROMPT, text="text", conversation="conversation"), sent=True, method="POST"
        ),
        known(r"/api/chat", reply(under("text")), sent=False),
        silent(r"/api/chat/start"),
    ),
)
