import stat
from datetime import UTC, datetime

import pytest


def test_keys_are_for_their_owner_alone_and_never_written_over(publisher):
    publisher.new()
    keys = sorted((publisher.work / "keys").iterdir())
    assert [key.name for key in keys] == ["root.key", "snapshot.key", "targets.key", "timestamp.key"]
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    with pytest.raises(ValueError, match="never written over"):
        publisher.new()


def test_the_roots_key_need_not_be_there_to_publish(publisher):
    publisher.new()
    (publisher.work / "keys" / "root.key").unlink()
    publisher.release("first")


def test_a_folder_that_is_no_repository(publisher):
    with pytest.raises(ValueError, match="gatehouse publish new"):
        publisher.repository.refresh(datetime.now(UTC))
