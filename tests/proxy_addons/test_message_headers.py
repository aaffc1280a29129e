import pytest
from mitmproxy.http import Headers

from proxy_addons.message_headers import charset, coding, length, media_type, pairs


@pytest.mark.parametrize(
    ("header", "kind", "letters"),
    [
        ("text/html", "text/html", ""),
        ("Text/HTML; Charset=UTF-8", "text/html", "UTF-8"),
        ('text/plain; format=flowed; charset="iso-8859-1"', "text/plain", "iso-8859-1"),
        ("", "", ""),
        ("html", "", ""),
        ("utf-8; charset=utf-8", "", "utf-8"),
    ],
)
def test_a_content_type_says_kind_and_charset(header, kind, letters):
    headers = Headers(content_type=header)
    assert (media_type(headers), charset(headers)) == (kind, letters)


@pytest.mark.parametrize(
    ("header", "size"), [("12", 12), ("0", 0), ("", None), ("-1", None), ("many", None), ("²", None)]
)
def test_an_odd_length_is_no_length(header, size):
    assert length(Headers(content_length=header)) == size


@pytest.mark.parametrize(
    ("content", "transfer", "all_of_them"),
    [
        ("", "", ""),
        ("br", "", "br"),
        ("br", "chunked", "br"),
        ("", "chunked, identity", ""),
        ("", "GZip, chunked", "gzip"),
        ("br", "gzip,chunked", "br, gzip"),
        ("", "deflate", "deflate"),
        ("", "xchunked; a=b, trailers", ""),
    ],
)
def test_a_body_is_packed_in_what_it_was_given_and_in_what_the_way_put_on(content, transfer, all_of_them):
    headers = Headers(content_encoding=content, transfer_encoding=transfer)
    assert coding(headers) == all_of_them


def test_headers_are_told_as_mitmproxy_tells_them():
    headers = Headers([(b"Set-Cookie", b"a"), (b"set-cookie", b"b"), (b"X", b"\xff\xc3\xa4")])
    assert pairs(headers) == tuple(headers.items(multi=True))
