import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.charset_guess import LOOK_AT, guessed, is_escaped, wide

JAPANESE = "こんにちは、学校の後で川に行きましょう。天気がいいですから。"
CHINESE = "你好，放学后我们去河边吧，明天见。今天的天气很好。"
RUSSIAN = "Привет, как дела? Пойдём на реку после школы, там хорошо."
WRITTEN = [
    ("Je suis allé à la rivière après l’école, c’était très bien", "cp1252"),
    ("Grüße aus Köln, wir gehen später über die Brücke", "cp1252"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc_jp"),
    (CHINESE, "gb18030"),
    ("你好，放學後我們去河邊吧，明天見。今天的天氣很好。", "big5"),
    ("안녕하세요 학교 끝나고 강에 가요 오늘 날씨가 좋아요", "cp949"),
    ("Γεια σου, πάμε στο ποτάμι μετά το σχολείο", "cp1253"),
    ("مرحبا، لنذهب إلى النهر بعد المدرسة اليوم", "cp1256"),
]


@pytest.mark.parametrize(("text", "codec"), WRITTEN)
def test_a_text_is_known_by_its_bytes_also_among_markup(text: str, codec: str) -> None:
    page = '<html><body class="page"><p id="first">{}</p></body></html>' + "<br>" * LOOK_AT
    for body in (text.encode(codec) * 3, page.format(text * 3).encode(codec)):
        found = guessed(body)
        assert body.decode(found) == body.decode(codec)


@pytest.mark.parametrize(
    "body", [b"", b"plain", "naïve café à la carte ".encode() * 4 + b"\xff", b"\xff\xfe\x00\x01\x02"]
)
def test_ascii_and_what_is_nearly_utf_8_and_what_is_no_text_are_left(body: bytes) -> None:
    assert guessed(body) == ""


def test_wide_is_known_by_its_zeros() -> None:
    codecs = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    assert [wide("hello".encode(codec)) for codec in codecs] == list(codecs)
    assert [wide(body) for body in (b"\0\0\0\0", b"a\0", b"hello you", b"\1\0\0\0\2\0\0\0")] == [""] * 4


def test_japanese_in_ascii_bytes_is_known_by_its_escapes() -> None:
    assert is_escaped(JAPANESE.encode("iso2022_jp"))
    assert not is_escaped(b"\x1b[31mred\x1b[0m")


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(body: bytes) -> None:
    body.decode(guessed(body) or "utf-8", "replace")
    wide(body)
    is_escaped(body)
