import json

from detection.extract.batchexecute import answers, calls
from detection.extract.json_documents import documents

ANSWER = (
    ")]}'\n\n60\n" + json.dumps([["wrb.fr", "hN", "[1]", None], ["di", 5]]) + "\n25\n"
    + json.dumps([["wrb.fr", None, '["é", 2]']]) + "\n9\n" + json.dumps([["e", 4, None]])
)  # fmt: skip


def test_calls_are_taken_out_of_a_request_with_their_names() -> None:
    request = [[["aB", "[1, 2]", None, "generic"], ["cD", '{"a": 1}', None, "2"]]]
    assert list(calls(json.dumps(request))) == [("aB", [1, 2]), ("cD", {"a": 1})]


def test_a_call_the_address_names_has_none() -> None:
    assert list(calls('[null, "[[\\"hello\\"]]"]')) == [("", [["hello"]])]


def test_results_are_taken_out_of_an_answer_in_parts() -> None:
    assert list(answers(documents(ANSWER))) == [("hN", [1]), ("", ["é", 2])]


def test_anything_else_is_nothing() -> None:
    for text in ("", "x", "[", "5", "[[5]]", '[[["a", 5]]]', '[null, "x"]', "{}"):
        assert list(calls(text)) == []
        assert list(answers(documents(text))) == []
    assert list(answers([["wrb.fr"], [["wrb.fr", 1]], [["wrb.fr", "a", "nothing"]], None])) == []
