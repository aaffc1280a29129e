import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.storable import storable


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("see you", "see you"),
        ("see\0you", "see\ufffdyou"),
        ("caf\u00e9 \ud83d now", "caf\u00e9 \ufffd now"),
        ("\0\udc00", "\ufffd\ufffd"),
    ],
)
def test_what_nothing_can_keep_is_replaced(text: str, kept: str) -> None:
    assert storable(text) == kept


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_can_be_kept_and_is_as_long_as_before(text: str) -> None:
    kept = storable(text)
    assert len(kept) == len(text)
    assert "\0" not in kept
    kept.encode()
