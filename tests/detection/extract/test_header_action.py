import pytest

from detection.extract.header_action import LONGEST, action_header, action_of


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://outlook.office.com/owa/service.svc", "action"),
        ("https://mail.google.com/", ""),
        ("https://forum.test/", ""),
        ("", ""),
        ("//[", ""),
    ],
)
def test_a_header_says_what_is_asked_for_only_where_its_service_says_so(url: str, name: str) -> None:
    assert action_header(url) == name


def test_no_more_is_read_than_a_word() -> None:
    assert action_of(" CreateItem ") == "CreateItem"
    assert len(action_of("x" * (LONGEST + 5))) == LONGEST
