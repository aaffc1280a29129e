import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.graphql import arguments, is_document
from detection.observation import Channel
from tests.detection.extract.factories import frame, said, written

DOCUMENT = 'mutation { addComment(id: "4", body: "hello \\"you\\"", tags: ["a b c"]) { id } }'


def test_every_string_comes_with_the_name_of_its_argument() -> None:
    assert list(arguments(DOCUMENT)) == [("id", "4"), ("body", 'hello "you"'), ("tags", "a b c")]
    assert list(arguments('{ add(body: """\n  see you\n""") }')) == [("body", "see you")]


@pytest.mark.parametrize(("text", "known"), [(DOCUMENT, True), ("{ a }", True), ("query of mine", False), ("", False)])
def test_a_document_is_told_from_words(text: str, known: bool) -> None:
    assert is_document(text) is known


QUERY = "mutation Add($body: String!) { add(body: $body) { id } }"
POSTED = [
    {"query": QUERY, "variables": {"body": "hello you"}},
    [{"query": QUERY, "variables": {"body": "hello you"}}, {"query": "{ me { id } }"}],
    {"extensions": {"persistedQuery": {"sha256Hash": "ab" * 32}}, "variables": {"input": {"body": "hello you"}}},
    {"query": 'mutation { add(body: "hello you", password: "open the door") { id } }'},
]


@pytest.mark.parametrize("body", POSTED)
def test_the_words_of_a_request_are_posted_and_its_program_is_not(body: object) -> None:
    assert said(written(body)) == [(Channel.POST, "hello you")]


def test_a_bare_document_is_read() -> None:
    assert said(written('mutation { add(body: "hello you") { id } }', "application/graphql")) == [
        (Channel.POST, "hello you")
    ]


@pytest.mark.parametrize("kind", ["subscribe", "start"])
def test_over_a_socket_the_variables_are_what_is_said(kind: str) -> None:
    body = {"id": "1", "type": kind, "payload": {"query": QUERY, "variables": {"body": "hello you"}}}
    assert said(frame(body)) == [(Channel.MESSAGE, "hello you")]


def test_an_upload_s_operations_are_read() -> None:
    body = ('--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{"query": "mutation { a }", "variables":'
            ' {"body": "hello you"}}\r\n--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n{"0": ["variables.f"]}'
            "\r\n--b--\r\n")  # fmt: skip
    assert said(written(body, "multipart/form-data")) == [(Channel.POST, "hello you")]


@given(st.text(alphabet='a:"\\ \n{}([$', max_size=80))
def test_any_text_is_answered(text: str) -> None:
    list(arguments(text))
