import pytest

from detection.extract.mail.headers import decoded, head_of, parameters, unpacked_base64


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?caf=C3=A9_at_5?=", "café at 5"),
        ("=?UTF-8?B?Y2Fmw6k=?= today", "café today"),
        ("=?utf-8?b?Y2Fmww==?=\r\n =?utf-8?b?qQ==?=", "café"),
        ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        ("=?iso-8859-1?q?caf=E9?= and =?koi8-r?b?8NLJ18XU?=", "café and Привет"),
        ("=?utf-8*en?q?hello?=", "hello"),
        ("=?no-such-charset?q?hello?=", "hello"),
        ("=?utf-8?q?never ends", "=?utf-8?q?never ends"),
    ],
)
def test_encoded_words_are_read(coded: str, plain: str) -> None:
    assert decoded(coded) == plain


def test_fields_are_unfolded_and_found_by_name() -> None:
    head = head_of(b"Subject: see you\r\n at the river\r\nTO: a@x.test\r\nTo: b@x.test\r\n\r\nbody")
    assert head.text("subject") == "see you at the river"
    assert head.raw("to") == "a@x.test, b@x.test"
    assert head.ends == 63


@pytest.mark.parametrize("raw", [b"", b"\r\nbody", b"\nbody", b"no field here\r\n\r\nbody", b"\xff\xfe\x00"])
def test_what_does_not_begin_with_a_field_has_no_header(raw: bytes) -> None:
    assert head_of(raw).fields == {}


@pytest.mark.parametrize(
    ("value", "name", "said"),
    [
        ('attachment; filename="a; b.txt"', "filename", "a; b.txt"),
        ("attachment; filename=plan.txt", "filename", "plan.txt"),
        ("x; filename*=utf-8'en'caf%C3%A9.txt", "filename", "café.txt"),
        ("x; filename*0*=utf-8''caf%C3; filename*1*=%A9; filename*2=\".txt\"", "filename", "café.txt"),
        ('x; name*1="b.txt"; name*0="a-"', "name", "a-b.txt"),
        ('x; name="=?utf-8?q?caf=C3=A9?="', "name", "café"),
        (r'x; name="a \"b\""', "name", 'a "b"'),
    ],
)
def test_parameters_are_put_together(value: str, name: str, said: str) -> None:
    assert parameters(value)[name] == said


@pytest.mark.parametrize("packed", [b"aGVsbG8=", b"aGV\r\nsbG8", b"a G-V_s b!G8=junk"])
def test_broken_base64_is_read_as_far_as_it_goes(packed: bytes) -> None:
    assert unpacked_base64(packed) == b"hello"
