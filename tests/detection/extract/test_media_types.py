import pytest

from detection.extract import reads
from detection.extract.media_types import may_be_document, says_document

READ = [
    "text/html", "TEXT/HTML; charset=utf-8", "text/plain", "application/json", "application/ld+json",
    "application/x-ndjson", "application/xhtml+xml", "application/rss+xml", "text/xml", "text/event-stream",
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/markdown", "",
    "application/grpc-web+proto", "application/grpc", "application/x-protobuf", "application/json+protobuf",
    "application/msgpack", "multipart/mixed; boundary=b", "application/cbor", "application/x+cbor", "application/bson",
    "application/yaml", "application/x-yaml",
]  # fmt: skip
NOT_READ = [
    "image/png", "image/svg+xml", "video/mp4", "audio/ogg", "font/woff2", "application/octet-stream", "text/css",
    "text/javascript", "application/javascript", "application/wasm", "application/zip", "application/dash+xml",
    "application/manifest+json", "multipart/x-mixed-replace", "text/rtf", "application/pdf",
]  # fmt: skip


@pytest.mark.parametrize("media_type", READ)
def test_text_is_read(media_type: str) -> None:
    assert reads(media_type)


@pytest.mark.parametrize("media_type", NOT_READ)
def test_pictures_scripts_and_bytes_pass_unread(media_type: str) -> None:
    assert not reads(media_type)


@pytest.mark.parametrize(("size", "read"), [(None, False), (1000, True), (1 << 20, False)])
def test_bytes_without_a_kind_are_read_only_where_they_say_that_they_are_few(size: int | None, read: bool) -> None:
    assert reads("application/octet-stream", size) is read


@pytest.mark.parametrize(
    ("media_type", "says", "may"),
    [
        ("application/pdf", True, True),
        ("Application/PDF; x=y", True, True),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", True, True),
        ("application/vnd.oasis.opendocument.text", True, True),
        ("application/vnd.ms-powerpoint.slideshow.macroEnabled.12", True, True),
        ("application/epub+zip", True, True),
        ("text/rtf", True, True),
        ("application/octet-stream", False, True),
        ("application/zip", False, True),
        ("", False, True),
        ("image/png", False, False),
        ("text/html", False, False),
        ("application/json", False, False),
    ],
)
def test_a_type_says_that_a_body_is_a_document_or_that_it_may_be_one(media_type: str, says: bool, may: bool) -> None:
    assert (says_document(media_type), may_be_document(media_type)) == (says, may)
