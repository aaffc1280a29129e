"""What an entry tells of is a word, or several with dashes, as rows hold and hashes cover it for ever."""

import re

import pytest

from appliance.entry_kinds import EntryKind


@pytest.mark.parametrize("kind", EntryKind)
def test_each_is_written_as_a_word(kind: EntryKind) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind)
