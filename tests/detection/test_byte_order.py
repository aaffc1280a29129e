"""What a text's first bytes say of its encoding."""

import pytest

from detection.byte_order import MARKS, is_marked, is_marked_wide
from detection.extract.charset import decode
from tests.detection.extract.factories import shown


@pytest.mark.parametrize("encoding", [encoding for _, encoding in MARKS])
def test_each_mark_is_known_and_names_its_encoding(encoding: str) -> None:
    marked = "\ufeffsee you at lunch".encode(encoding)
    assert is_marked(marked)
    assert is_marked_wide(marked) is (encoding != "utf-8")
    assert decode(shown(marked, "text/plain")) == "see you at lunch"


def test_a_plain_text_has_none() -> None:
    assert not is_marked(b"see you at lunch")
    assert not is_marked_wide("see you".encode("utf-16-le"))
