import time

from hypothesis import given
from hypothesis import strategies as st

from detection.extract.mail.parts import DEEPEST, MOST_PARTS, Part, part_of
from tests.detection.extract.mail.mails import mail, multipart, part


def leaves(whole: Part) -> list[bytes]:
    return [text for inner in whole.parts for text in leaves(inner)] if whole.parts else [whole.content]


def test_a_multipart_is_cut_at_its_boundary_and_ends_at_its_end() -> None:
    assert leaves(part_of(multipart("mixed", part("one"), part("two\n")))) == [b"one", b"two\r\n"]


def test_the_last_boundary_may_be_missing() -> None:
    raw = mail("--b\r\n\r\none\r\n--b\r\n\r\ntwo", "Content-Type: multipart/mixed; boundary=b")
    assert leaves(part_of(raw)) == [b"one", b"two"]


def test_a_boundary_that_only_begins_alike_is_none() -> None:
    raw = mail("--b\r\n\r\none\r\n--bb\r\ntwo\r\n--b--", "Content-Type: multipart/mixed; boundary=b")
    assert leaves(part_of(raw)) == [b"one\r\n--bb\r\ntwo"]


def test_content_is_unpacked() -> None:
    packed = multipart(
        "mixed",
        part("aGVsbG8=", "text/plain", "Content-Transfer-Encoding: base64"),
        part("caf=C3=A9 =\nbar", "text/plain", "Content-Transfer-Encoding: quoted-printable"),
    )
    assert leaves(part_of(packed)) == [b"hello", "café bar".encode()]


def test_a_file_that_only_one_program_reads_is_skipped() -> None:
    (only,) = part_of(multipart("mixed", part("x", "application/ms-tnef; name=winmail.dat"))).parts
    assert (only.name, only.content) == ("winmail.dat", b"")


def test_parts_and_depth_are_bounded() -> None:
    many = mail("--b\r\n\r\nx\r\n" * 5000, "Content-Type: multipart/mixed; boundary=b")
    assert len(part_of(many).parts) == MOST_PARTS
    deep = b"x"
    for level in range(100):
        deep = f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n".encode() + deep
    depth, whole = 0, part_of(deep)
    while whole.parts:
        depth, whole = depth + 1, whole.parts[0]
    assert depth == DEEPEST


def test_purpose_made_bytes_take_no_longer() -> None:
    began = time.process_time()
    for body in (b"--b \t" * 200_000, b"\r\n--b" * 200_000, b"=" * 1_000_000, b"\r\n" * 500_000):
        part_of(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body)
    part_of(b"Subject: " + b"=?" * 500_000)
    part_of(b"Content-Type: text/plain" + b"; a=" * 200_000)
    assert time.process_time() - began < 10


@given(st.binary())
def test_any_bytes_are_answered(raw: bytes) -> None:
    part_of(raw)
    part_of(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" + raw)
