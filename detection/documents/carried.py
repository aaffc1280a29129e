"""The documents that a body carries: itself, or files in a form, in several parts, in JSON or in a mail."""

from collections.abc import Iterator

from detection.documents.kind import LOOK_AT, Kind, begins_like_a_document, kind_of
from detection.documents.wrapped import wrapped
from detection.extract.limits import at_most
from detection.extract.mail import Mail, read_mail
from detection.extract.media_types import HTML, MAIL, MULTIPART, PLAIN, is_json, reads, says_document
from detection.extract.multipart import Part, content, parts

MOST_FILES = 50
"""Of one upload; that there are more is noted (``detection.extract.limits``)."""
_SOMETHING_ELSE = ("image/", "video/", "audio/", "font/")


def carried(media_type: str, body: bytes) -> Iterator[bytes]:
    """``media_type`` in lower case, without parameters."""
    if media_type.startswith("multipart/") and body.lstrip()[:2] == b"--":
        found = [part for part in parts(body) if _may_be(part, form=media_type == MULTIPART)]
        contents = [content(body, part) for part in at_most(found, MOST_FILES)]
        yield from (file for part, file in zip(found, contents, strict=False) if _is_document(part.media_type, file))
    elif is_json(media_type):
        yield from at_most(wrapped(body), MOST_FILES)
    elif media_type in MAIL:
        yield from at_most(_attached(read_mail(body)), MOST_FILES)
    elif _is_document(media_type, body):
        yield body


def _attached(mail: Mail) -> Iterator[bytes]:
    yield from (file.content for file in mail.attachments if _is_document(file.media_type, file.content))
    for inner in mail.enclosed:
        yield from _attached(inner)


def _may_be(part: Part, *, form: bool) -> bool:
    """In a form only what came from a file; text and pages among the files are read with the form."""
    if part.media_type.startswith(_SOMETHING_ELSE) or part.media_type in HTML:
        return False
    return part.file_name is not None if form else not reads(part.media_type)


def _is_document(media_type: str, file: bytes) -> bool:
    if begins_like_a_document(file[:LOOK_AT]):
        return True
    if media_type in PLAIN or not says_document(media_type):
        return False
    return kind_of(file) is not Kind.UNKNOWN
