"""Accounts as the system knows them."""

import os
from pathlib import Path

from agent.service.logins import account_of, is_local, uid_of


def test_an_account_has_a_name_or_none() -> None:
    assert account_of(0) == "root"
    assert account_of(2**31 - 7) == ""
    assert account_of(os.getuid())


def test_a_name_has_its_number_or_none() -> None:
    assert uid_of(account_of(os.getuid())) == os.getuid()
    assert uid_of("no such account") is None


def test_an_account_is_local_where_the_device_itself_made_it(tmp_path: Path) -> None:
    passwd = tmp_path / "passwd"
    passwd.write_text("root:x:0:0::/root:/bin/sh\nvisitor:x:1000:1000::/home/visitor:/bin/sh\n")
    assert is_local("visitor", passwd)
    assert not is_local("a.clarke", passwd)
    assert not is_local("visit", passwd)
    assert not is_local("visitor", tmp_path / "nothing")
