import pytest

from detection.conversations import Transfer
from detection.observation import Direction, Subject
from proxy_addons.file_transfers import Awaited, FileTransfers, is_document

SERVER, TOLD, PUPIL = ("198.51.100.4", 21), ("10.0.0.4", 50000), ("192.0.2.7", 40000)
AT_SERVER = ("198.51.100.4", 50000)


@pytest.fixture
def files():
    return FileTransfers(100, 1000)


def expected(files, host=TOLD[0], direction=Direction.WRITTEN):
    awaited = Awaited(Transfer(host, 50000, "a.txt", direction), SERVER, Subject())
    files.expect(awaited)
    return awaited


@pytest.mark.parametrize("come", [(TOLD, PUPIL), (AT_SERVER, PUPIL), (PUPIL, TOLD)])
def test_a_file_comes_once_wherever_its_server_really_is(files, come):
    awaited = expected(files)
    assert files.awaits(*come)
    assert files.claim(*come) is awaited
    assert not files.awaits(*come)
    assert files.claim(TOLD, AT_SERVER) is None
    assert not files.forget(awaited)


def test_what_never_came_is_told_if_a_file_was_asked_for(files):
    assert files.forget(expected(files))
    assert not files.forget(expected(files, direction=None))
    assert not files.awaits(TOLD, PUPIL)


def test_the_newest_of_two_at_one_place_is_the_one_that_comes(files):
    first, second = expected(files), expected(files)
    assert files.forget(first)
    assert files.claim(TOLD, PUPIL) is second


@pytest.mark.parametrize(
    ("body", "is_it"), [(b"see you", True), (b"%PDF-1.4", True), (b"\x89PNG\0", False), (b"", False)]
)
def test_words_and_documents_are_told_from_pictures(body, is_it):
    assert is_document(body) is is_it
