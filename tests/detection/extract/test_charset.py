import pytest

from detection.extract.charset import decode
from tests.detection.extract.factories import shown

CASES = [
    ("café".encode(), "", "café"),
    ("café".encode("cp1252"), "iso-8859-1", "café"),
    ("“hi”".encode("cp1252"), "latin1", "“hi”"),
    ("hi".encode("utf-16"), "", "hi"),
    (b"\xef\xbb\xbfcaf\xc3\xa9", "cp1252", "café"),
    (b"<meta charset=windows-1251>" + "да".encode("cp1251"), "", "<meta charset=windows-1251>да"),
    (b'<meta http-equiv=x content="text/html; charset=Shift_JIS">' + "猫".encode("cp932"), "",
     '<meta http-equiv=x content="text/html; charset=Shift_JIS">猫'),
    (b'<?xml version="1.0" encoding="utf-16"?>caf\xc3\xa9', "", '<?xml version="1.0" encoding="utf-16"?>café'),
    (b"caf\xe9 noir", "", "café noir"),
    (b"caf\xe9 noir", "utf-8", "café noir"),
    (b"caf\xe9", "", "caf\ufffd"),
    ("café".encode(), "iso-8859-1", "café"),
    ("café".encode(), "windows-1252", "café"),
    ("see you".encode("utf-16-le"), "", "see you"),
    ("see you".encode("utf-16-be"), "utf-8", "see you"),
    ("see you, naïve 😀".encode("utf-16-le"), "", "see you, naïve 😀"),
    ("see you 😀".encode("utf-32"), "", "see you 😀"),
    (b"\0\0\xfe\xff" + "see you".encode("utf-32-be"), "", "see you"),
    ("see you 😀".encode("utf-32-le"), "", "see you 😀"),
    ("see you there".encode("utf-32-be"), "utf-8", "see you there"),
    ("see you".encode("utf-32-be"), "utf-32be", "see you"),
    ("猫です".encode("iso2022_jp"), "", "猫です"),
    ("猫".encode("cp932"), "x-sjis", "猫"),
    ("hi".encode("utf-16-be"), "unicodeFFFE", "hi"),
    ("café".encode(), "unicode-1-1-utf-8", "café"),
    ("“hi”".encode("cp1252"), "x-cp1252", "“hi”"),
    ("до встречи".encode("cp1251"), "", "до встречи"),
    (("до встречи, " * 9).encode()[:-9] + b"\xff\xfe", "", "до встречи, " * 8 + "до вст" + "\ufffd" * 3),
    (b"plain", "no-such-charset", "plain"),
    (b"plain", "punycode", "plain"),
    (b"plain", "hex", "plain"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "charset", "text"), CASES)
def test_bytes_become_text_as_in_a_browser(body: bytes, charset: str, text: str) -> None:
    assert decode(shown(body, "text/html", charset=charset)) == text
