"""What a request is for, where a header says so and the address does not: some pages send all they ask to one address.

Which service does so, and in which header, its own file says (``Service.action_header``). The value of no other header
is read.
"""

from detection.extract.services import service_at

LONGEST = 100
"""Characters of a value that are read: it is one word."""


def action_header(url: str) -> str:
    """The name, in lower case, of the header that may say what a request to ``url`` is for; "" where none may."""
    service = service_at(url)
    return service.action_header if service else ""


def action_of(value: str) -> str:
    return value[:LONGEST].strip()
