from detection.disguise import bare
from detection.library import Library
from detection.word_tables import built
from tests.detection.libraries import a, library


def ways(made: Library, most: int = 1000) -> int:
    graph = built(made, most=most).graph
    return graph.ways_through()[graph.root]


def test_phrases_that_read_alike_share_what_they_mean() -> None:
    tables = built(library(a("send pics"), a("send (pics|this)"), a("go away")))
    meant = [tuple(tables.meanings[end]) for end in tables.graph.ends if end]
    assert sorted(meant) == [(0, 1), (1,), (2,)]


def test_only_so_many_ways_of_a_phrase_are_taken() -> None:
    assert (ways(library(a("(a|b|c|d) car"))), ways(library(a("(a|b|c|d) car")), most=3)) == (4, 3)


def test_what_is_found_inside_words_is_left_to_the_letters() -> None:
    assert ways(library(a("vape", embedded=True))) == 0


def test_words_are_known_as_the_text_will_be_folded() -> None:
    assert bare("hello") in built(library(a("hello you")), bare).codes
