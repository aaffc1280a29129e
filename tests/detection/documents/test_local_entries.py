import pytest

from detection.documents.local_entries import entry_at, local_entries
from tests.detection.documents.factories import zipped


@pytest.mark.parametrize("packed", [True, False])
def test_entries_are_found_by_what_stands_before_them(packed: bool) -> None:
    body = zipped({"a.txt": "rivers of wales", "b.txt": "see you soon"}, packed=packed)
    cut = body[: body.find(b"PK\x01\x02")]
    found = {entry.name: b"".join(entry.unpack(4)) for entry in local_entries(cut, 10)}
    assert found == {"a.txt": b"rivers of wales", "b.txt": b"see you soon"}


def test_of_an_entry_that_is_cut_off_the_beginning_is_read() -> None:
    body = zipped({"a.txt": "rivers of wales"}, packed=False)
    cut = body[: body.find(b"wales")]
    (one,) = local_entries(cut, 10)
    pieces = one.unpack(100)
    assert next(pieces) == b"rivers of "
    with pytest.raises(EOFError):
        next(pieces)


def test_no_more_are_found_than_are_wanted() -> None:
    assert len(list(local_entries(zipped({"a": "1", "b": "2", "c": "3"}), 2))) == 2


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04", b"PK\x03\x04" * 20, b"no archive at all"])
def test_any_bytes_are_answered(body: bytes) -> None:
    for entry in local_entries(body, 10):
        assert isinstance(entry.name, str)


def test_an_entry_begins_only_where_its_mark_stands() -> None:
    body = zipped({"a.txt": "rivers of wales"})
    found = entry_at(body, 0)
    assert found
    assert found.name == "a.txt"
    assert [entry_at(body, at) for at in (-1, 1, len(body))] == [None, None, None]
