from itertools import repeat

from detection.extract.edit import Edit
from detection.extract.google_model import edits_by_tab
from detection.extract.json_documents import Json


def put(at: int, text: str) -> Json:
    return {"ty": "is", "ibi": at, "s": text}


def test_insertions_and_deletions_become_edits_in_order() -> None:
    commands: list[Json] = [
        put(1, "hello"),
        {"ty": "ds", "si": 2, "ei": 3},
        {"ty": "iss", "sugid": "s", "ibi": 9, "s": "x"},
    ]
    assert edits_by_tab(commands) == {"": [Edit(1, "hello"), Edit(2, removed=2), Edit(9, "x")]}


def test_several_at_once_and_those_inside_a_tab_are_found() -> None:
    inside: Json = {"ty": "nm", "nmr": ["ksm", "t.abc"], "nmc": {"ty": "mlti", "mts": [put(1, "b"), put(2, "c")]}}
    assert edits_by_tab([{"ty": "mlti", "mts": [put(1, "a"), inside]}]) == {
        "": [Edit(1, "a")],
        "t.abc": [Edit(1, "b"), Edit(2, "c")],
    }


def test_what_names_no_tab_belongs_to_the_one_that_is_open_and_the_first_has_no_name() -> None:
    assert edits_by_tab([put(1, "a")], "t.abc") == {"t.abc": [Edit(1, "a")]}
    assert edits_by_tab([put(1, "a")], "t.0") == edits_by_tab([put(1, "a")]) == {"": [Edit(1, "a")]}
    assert edits_by_tab([{"ty": "nm", "nmr": ["ksm", "t.0"], "nmc": put(1, "a")}], "t.abc") == {"": [Edit(1, "a")]}


def test_the_marks_of_tables_and_pictures_part_words_and_keep_their_places() -> None:
    assert edits_by_tab([put(1, "\x10one\x1c\ue907two")]) == {"": [Edit(1, "\none\n\ntwo")]}


def test_styles_and_what_is_malformed_are_passed_over() -> None:
    commands: list[Json] = [
        {"ty": "as", "st": "text", "si": 1, "ei": 9, "sm": {"ts_bd": True}},
        {"ty": "is", "ibi": "1", "s": "a"},
        {"ty": "is", "ibi": True, "s": "a"},
        {"ty": "is", "ibi": 10**40, "s": "a"},
        {"ty": "is", "ibi": 1},
        {"ty": "ds", "si": 5, "ei": 2},
        {"ty": ["is"], "mts": None},
        {"ty": "null"},
        None,
        "is",
        [],
    ]
    assert edits_by_tab(commands) == {}


def test_depth_and_number_are_bounded() -> None:
    deep: Json = put(1, "a")
    for _ in range(500):
        deep = {"ty": "mlti", "mts": [deep]}
    assert edits_by_tab([deep]) == {}
    assert len(edits_by_tab(repeat(put(1, "a"), 100_000))[""]) == 20_000
