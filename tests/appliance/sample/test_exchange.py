from appliance.sample.exchange import not_found, request, see_other


def test_a_request_is_read_from_its_line() -> None:
    asked = request("GET", "/search?q=caf%C3%A9+au+lait&page=2")
    assert (asked.path, dict(asked.query)) == ("/search", {"q": "café au lait", "page": "2"})


def test_a_form_keeps_empty_fields_and_survives_odd_bytes() -> None:
    assert request("POST", "/", b"a=&b=1%2B1").form == {"a": "", "b": "1+1"}
    assert request("POST", "/", b"a=\xff").form == {"a": "�"}


def test_answers_say_where_to_go_or_that_there_is_nothing() -> None:
    assert (see_other("/sent/1").status, see_other("/sent/1").location) == (303, "/sent/1")
    assert not_found().status == 404
