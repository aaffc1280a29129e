from pathlib import Path

from agent.watchers.what_is_new import WhatIsNew

ESSAY, NOTES = Path("essay.odt"), Path("notes.txt")


def test_the_same_content_is_known_under_whatever_name() -> None:
    new = WhatIsNew(most_contents=2)
    assert not new.is_known(b"rivers")
    assert new.is_known(b"rivers")
    assert not new.is_known(b"lakes")
    assert not new.is_known(b"seas")
    assert not new.is_known(b"rivers"), "forgotten for the others"


def test_of_a_document_that_grew_only_what_is_new_is_given() -> None:
    new = WhatIsNew()
    assert new.lines(ESSAY, "Rivers\nThe Nile") == "Rivers\nThe Nile"
    assert new.lines(ESSAY, "Rivers\nThe Nile \nThe Amazon") == "The Amazon"
    assert new.lines(ESSAY, "The Amazon\nRivers") == ""
    assert new.lines(ESSAY, "The Amazon\nThe Nile is long") == "The Nile is long"


def test_each_document_is_for_itself() -> None:
    new = WhatIsNew()
    new.lines(ESSAY, "Rivers")
    assert not new.was_read(NOTES)
    assert new.lines(NOTES, "Rivers") == "Rivers"
    assert new.was_read(NOTES)


def test_what_is_remembered_is_bounded_and_the_oldest_is_forgotten_first() -> None:
    new = WhatIsNew(most_lines=3)
    new.lines(ESSAY, "a\nb")
    new.lines(NOTES, "c\nd")
    assert not new.was_read(ESSAY)
    assert new.lines(NOTES, "c\nd\ne") == "e"
    assert new.lines(ESSAY, "1\n2\n3\n4") == "1\n2\n3\n4"
    assert new.lines(ESSAY, "1\n2\n3\n4") == "1\n2\n3\n4", "too long to be remembered"


def test_what_counts_as_the_same_line_can_be_said() -> None:
    new = WhatIsNew(fold=str.casefold)
    new.lines("a window", "The Nile")
    assert new.lines("a window", "THE NILE\nThe Don") == "The Don"
