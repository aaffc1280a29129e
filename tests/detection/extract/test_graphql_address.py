import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.extract.graphql_address import GraphqlAddress
from detection.observation import Channel
from tests.detection.extract.factories import said, shown, written

PROGRAM = "mutation Add($body: String!) { add(body: $body) { id } }"
STORED = json.dumps({"persistedQuery": {"version": 1, "sha256Hash": "ab" * 32}})


def address(**fields: str) -> str:
    return f"https://site.example/graphql?{urlencode(fields)}"


@pytest.mark.parametrize("fields", [
    {"query": PROGRAM, "variables": json.dumps({"body": "hello you"})},
    {"operationName": "Add", "variables": json.dumps({"input": {"body": "hello you"}}), "extensions": STORED},
    {"doc_id": "4012", "variables": json.dumps({"body": "hello you", "id": "77ab"})},
    {"query": 'mutation { add(body: "hello you", password: "open the door") { id } }'},
])  # fmt: skip
def test_the_words_in_the_address_are_read_as_those_of_a_body(fields: dict[str, str]) -> None:
    assert said(written(url=address(**fields))) == [(Channel.POST, "hello you")]


@pytest.mark.parametrize("variables", [{"query": "tents"}, {"filter": {"searchTerm": "tents"}}])
def test_what_is_searched_for_is_a_search(variables: dict[str, object]) -> None:
    program = "query Find($query: String!) { find(query: $query) { id } }"
    fields = {"query": program, "variables": json.dumps(variables)}
    assert said(written(url=address(**fields))) == [(Channel.SEARCH, "tents")]


@pytest.mark.parametrize("url", [
    address(query="{ me { id name } }"),
    address(query="query Feed($first: Int!) { feed(first: $first) { id } }", variables='{"first": 20}'),
    address(variables="{broken"),
    "https://[broken/graphql?variables={}",
])  # fmt: skip
def test_a_program_alone_says_nothing(url: str) -> None:
    assert said(written(url=url)) == []


def test_words_are_a_search_as_before_and_an_answer_is_none() -> None:
    assert said(written(url=address(query="camping in the rain"))) == [(Channel.SEARCH, "camping in the rain")]
    assert said(shown(url=address(query=PROGRAM, variables='{"body": "hello you"}'))) == []


@given(st.text(alphabet='a:"\\ \n{}([$%&=', max_size=80))
def test_any_address_is_answered(text: str) -> None:
    message = written(url=f"https://site.example/?query={text}&variables={text}")
    if GraphqlAddress().handles(message):
        list(GraphqlAddress().passages(message))
