from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.beginnings import SMALL, SWIFT, Room
from detection.kept_library import KeptLibrary, opened, packed
from detection.library import Category, Library
from detection.matcher import Matcher
from tests.detection.libraries import a, library
from tests.detection.shipped import shipped_library

SAID = library(
    a("nobody likes you", near=("@place", "here")),
    a("zabij*", Category.VIOLENCE, id="pl.violence.zabij", hits=("zabije",)),
    a("vape", Category.DRUGS, embedded=True, unless=("shop",)),
    a("nobody likes you", Category.DISTRESS),
)
LIBRARY = Library(SAID.phrases, {"en.place": ("school", "the park")})
TEXTS = (
    "nobody likes u at school",
    "NOBODY l1kes you in the park",
    "zabijecie",
    "vapeshop",
    "wevape",
    "n o b o d y likes you here",
)


def kept(made: Library, room: Room = SWIFT) -> KeptLibrary:
    found = opened(packed(made, "name"), "name", room)
    assert found
    return found[0]


@pytest.mark.parametrize("room", [SMALL, SWIFT])
def test_it_finds_what_the_library_it_was_made_of_finds(room: Room) -> None:
    plain, again = Matcher(LIBRARY), Matcher(kept(LIBRARY, room))
    assert any(plain.find(text) for text in TEXTS)
    assert [again.find(text) for text in TEXTS] == [plain.find(text) for text in TEXTS]


def test_it_is_the_same_library() -> None:
    again = kept(LIBRARY)
    assert (again.version, again.languages) == (LIBRARY.version, LIBRARY.languages)
    assert tuple(again.phrases) == LIBRARY.phrases
    assert tuple(again.phrases[1:-1]) == LIBRARY.phrases[1:-1]
    assert again.canonical == LIBRARY.canonical
    with pytest.raises(IndexError):
        again.phrases[4]


def test_what_was_written_beside_it_is_given_back() -> None:
    found = opened(packed(LIBRARY, "name", {"serial": 3}), "name")
    assert found
    assert found[1] == {"serial": 3}


def test_what_was_made_of_something_else_is_not_used() -> None:
    assert opened(packed(LIBRARY, "name"), "another") is None
    assert opened(b"", "name") is None


def test_what_is_made_of_it_is_searched_anew() -> None:
    changed = replace(kept(LIBRARY), phrases=(a("go away"),))
    assert [match.written for match in Matcher(changed).find("nobody likes you here, go away")] == ["go away"]


def test_what_differs_from_another_is_told_as_of_any_two_libraries() -> None:
    other = Library((*LIBRARY.phrases[:2], replace(LIBRARY.phrases[2], severity=5)), LIBRARY.words)
    one, two = kept(LIBRARY), kept(other)
    assert one.beside(two) == LIBRARY.beside(other)
    assert two.beside(one) == two.beside(LIBRARY) == other.beside(LIBRARY)
    assert one.beside(one) == ()


def test_a_change_of_one_phrase_is_followed_in_a_moment() -> None:
    followed = Matcher(kept(LIBRARY))
    other = kept(Library((*LIBRARY.phrases, a("go away")), LIBRARY.words))
    assert followed.is_near(other)
    assert [match.written for match in followed.adapted(other).find("go away")] == ["go away"]


@pytest.fixture(scope="module")
def plain() -> Matcher:
    return Matcher(shipped_library())


@pytest.fixture(scope="module")
def shipped() -> Matcher:
    return Matcher(kept(shipped_library(), SMALL))


def words_of_sentences() -> st.SearchStrategy[str]:
    sentences = (hit for phrase in shipped_library().phrases for hit in phrase.hits)
    return st.sampled_from(sorted({word for sentence in sentences for word in sentence.split()}))


@given(text=st.lists(st.deferred(words_of_sentences), max_size=40).map(" ".join))
@settings(deadline=None)
def test_the_small_one_finds_the_same_in_any_text(shipped: Matcher, plain: Matcher, text: str) -> None:
    assert shipped.find(text) == plain.find(text)


def test_the_small_one_finds_the_same_in_every_phrases_sentences(shipped: Matcher, plain: Matcher) -> None:
    for phrase in shipped_library().phrases[::7]:
        for text in (*phrase.hits, *phrase.misses):
            assert shipped.find(text) == plain.find(text)
