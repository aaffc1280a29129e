import pytest

from detection.extract import reads

READ = [
    "text/html", "TEXT/HTML; charset=utf-8", "text/plain", "application/json", "application/ld+json",
    "application/x-ndjson", "application/xhtml+xml", "application/rss+xml", "text/xml", "text/event-stream",
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/markdown", "",
    "application/grpc-web+proto", "application/grpc", "application/x-protobuf", "application/json+protobuf",
    "application/msgpack", "multipart/mixed; boundary=b",
]  # fmt: skip
NOT_READ = [
    "image/png", "image/svg+xml", "video/mp4", "audio/ogg", "font/woff2", "application/octet-stream", "text/css",
    "text/javascript", "application/javascript", "application/wasm", "application/zip", "application/dash+xml",
    "application/manifest+json", "multipart/x-mixed-replace",
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
