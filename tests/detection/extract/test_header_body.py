import json
from urllib.parse import quote

import pytest

from detection.extract.header_body import LONGEST, body_header, body_of

OUTLOOK = "https://outlook.office.com/owa/service.svc?action=CreateItem"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (OUTLOOK, "x-owa-urlpostdata"),
        ("https://mail.google.com/", ""),
        ("https://forum.test/", ""),
        ("", ""),
        ("//[", ""),
    ],
)
def test_a_header_holds_a_body_only_where_its_service_says_so(url: str, name: str) -> None:
    assert body_header(url) == name


@pytest.mark.parametrize("safe", ["", "/!'()*"])
def test_a_body_is_read_as_a_page_or_a_program_writes_it(safe: str) -> None:
    written = json.dumps({"Value": "Größe: 100% + a%20b 🎈"}, ensure_ascii=False)
    assert body_of(quote(written, safe=safe)).decode() == written
    assert body_of(f" {written}").decode() == written


@pytest.mark.parametrize("value", ["", "%", "%zz%7", "\udcff", "+", "%00%ff"])
def test_any_value_is_answered(value: str) -> None:
    assert isinstance(body_of(value), bytes)


def test_no_more_of_a_value_is_read_than_a_server_would_take() -> None:
    assert len(body_of("x" * (LONGEST + 5))) == LONGEST
