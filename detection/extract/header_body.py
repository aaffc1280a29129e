"""A body that travels in a request header: some pages write a small one there and send none.

Which service does so, and in which header, its own file says (``Service.body_header``). It is made the message's body,
so that whatever reads a body reads it too. The value of no other header is read.
"""

from urllib.parse import unquote_to_bytes

from detection.extract.services import service_at

LONGEST = 256 << 10
"""Characters of a value that are read; no server takes so long a header."""
MEDIA_TYPE = "application/json"
"""What such a body is, whatever the request says of the one that it does not have."""


def body_header(url: str) -> str:
    """The name, in lower case, of the header that may hold the body of a request to ``url``; "" where none may."""
    service = service_at(url)
    return service.body_header if service else ""


def body_of(value: str) -> bytes:
    """Percent-encoded by the page, which a browser asks for beyond ASCII; a program may write it as it is."""
    raw = value[:LONGEST].strip().encode("utf-8", "surrogateescape")
    return raw if raw.startswith((b"{", b"[")) else unquote_to_bytes(raw)
