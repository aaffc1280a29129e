"""Chat messages in XMPP stanzas: over a WebSocket (RFC 7395) or in the body of a BOSH request (XEP-0206).

Source: RFC 6121, section 5 (message stanzas), XEP-0045 (rooms), XEP-0071 (a second body as XHTML, passed over),
XEP-0384 (encrypted messages, whose body is a notice to those who cannot read them).
"""

import re
from collections.abc import Iterator

from detection.extract.base import Passage
from detection.extract.html_tags import unescape
from detection.extract.language import is_short_message
from detection.observation import Channel

_STANZA = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:message|presence|iq|open|close|auth|response|stream:|r |a |sm:)[\s/>]?"
)
_SPACE = re.compile(
    r"""xmlns(?::\w+)?=["'](?:jabber:client|urn:ietf:params:xml:ns:xmpp|http://jabber\.org/protocol/|http://etherx)"""
)
_ADDRESSED = re.compile(r"""\s*<message\s[^<>]{0,2000}\b(?:to|from)=["']""")
"""A stanza in a frame of its own may leave its name space to the stream."""
_PIECE = re.compile(
    r"<message\b(?P<message>[^<>]{0,4000})>"
    r"|<body\b(?P<body>[^<>]{0,400})>(?P<said>[^<]*)(?:</body>|\Z)"
    r"|<(?P<secret>encrypted)\b"
)
_ATTRIBUTE = re.compile(r"""\b(to|from|type)=(?:"([^"]*)"|'([^']*)')""")
_LOOK_AT = 2000


def is_xmpp(text: str) -> bool:
    head = text[:_LOOK_AT]
    if _ADDRESSED.match(head):
        return True
    return head.lstrip()[:1] == "<" and _SPACE.search(head) is not None and (
        _STANZA.match(head) is not None or "protocol/httpbind" in head
    )  # fmt: skip


def messages(text: str, *, written: bool) -> Iterator[Passage]:
    """Nothing of other stanzas: a password goes in one, and who is there in another."""
    about: dict[str, str] = {}
    here: dict[Passage, None] = {}
    encrypted = False
    for piece in _PIECE.finditer(text):
        if piece["message"] is not None:
            yield from () if encrypted else here
            about = {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(piece["message"])}
            here, encrypted = {}, False
        elif piece["secret"]:
            encrypted = True
        elif about and "xhtml" not in piece["body"] and is_short_message(said := unescape(piece["said"]).strip()):
            here[_passage(said, about, written)] = None
    yield from () if encrypted else here


def _passage(said: str, about: dict[str, str], written: bool) -> Passage:
    """In a room by the name they bear there, else by their address."""
    address, _, name = about.get("from", "").partition("/")
    author = name if about.get("type") == "groupchat" and name else address
    room = about.get("to", "").partition("/")[0] if written else address
    return Passage(channel=Channel.MESSAGE, text=said, conversation=room[:200], author="" if written else author[:200])
