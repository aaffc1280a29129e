import pytest

from detection.extract.multipart import boundary_of, content, parts


def test_parts_say_where_they_lie() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n'
        b'--b\r\nContent-Disposition: form-data; name=c; filename="d e.txt"\r\ncontent-type: text/HTML; x=y\r\n\r\n\r\n'
        b"--b--\r\n"
    )
    first, second = parts(body)
    assert (first.name, first.file_name, first.media_type) == ("a", None, "text/plain")
    assert body[first.start : first.end] == b"one"
    assert (second.name, second.file_name, second.media_type) == ("c", "d e.txt", "text/html")
    assert body[second.start : second.end] == b""


def test_a_body_that_is_cut_off_keeps_what_came() -> None:
    body = b'--b\nContent-Disposition: form-data; name="a"\n\none tw'
    (part,) = parts(body)
    assert body[part.start : part.end] == b"one tw"


@pytest.mark.parametrize("body", [b"", b"--", b"--\n", b"no boundary", b"--b\n", b"--b\nx\n--b--", b"-" * 300 + b"\n"])
def test_what_is_not_multipart_has_no_parts(body: bytes) -> None:
    assert list(parts(body)) == []


def test_the_boundary_is_read_off_the_first_line() -> None:
    assert boundary_of(b"preamble\r\n--b-1\r\nx") == b"--b-1"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [("", b"see you =3D"), ("binary", b"see you =3D"), ("base64", b"c2VlIHlv\r\ndSA9M0Q="),
     ("BASE64", b"c2VlIHlvdSA9M0Q="), ("quoted-printable", b"see=20you=\r\n =3D3D")],
)  # fmt: skip
def test_a_parts_coding_for_the_way_is_taken_off(coding: str, packed: bytes) -> None:
    named = f"Content-Transfer-Encoding: {coding}\r\n".encode() if coding else b""
    body = b"--b\r\nContent-Disposition: form-data; name=a\r\n" + named + b"\r\n" + packed + b"\r\n--b--\r\n"
    (part,) = parts(body)
    assert content(body, part) == b"see you =3D"
