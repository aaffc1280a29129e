import pytest

from detection.documents.contents import Gathering
from detection.documents.properties import PROPERTIES
from detection.documents.xml_text import gather


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (b"<c><title>one</title><subject>two</subject><keywords>three</keywords></c>", "one\ntwo\nthree"),
        (b"<m><keyword>one</keyword><keyword>two</keyword><generator>a program</generator></m>", "one\ntwo"),
        (b"<p><property name='x'><lpwstr>one</lpwstr></property></p>", "one"),
    ],
)
def test_what_a_document_says_of_itself_is_read(xml: bytes, text: str) -> None:
    gathering = Gathering()
    gather([xml], PROPERTIES, gathering)
    assert gathering.contents.text == text
