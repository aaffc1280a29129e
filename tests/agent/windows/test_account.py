import sys

import pytest

from agent.windows.account import account_of_sid, number_of, spelt


def test_a_pupil_of_the_directory_has_a_bare_name_and_a_namesake_of_the_device_has_not() -> None:
    assert spelt("a.clarke", "HILL", "PC-7") == "a.clarke"
    assert spelt("a.clarke", "AzureAD", "PC-7") == "a.clarke"
    assert spelt("a.clarke", "pc-7", "PC-7") == r".\a.clarke"


def test_windows_own_accounts_are_no_pupils() -> None:
    assert spelt("SYSTEM", "NT AUTHORITY", "PC-7") == r".\SYSTEM"
    assert spelt("", "", "PC-7") == ""


def test_numbers_are_the_same_for_the_same_account_alone() -> None:
    directory, device = "S-1-5-21-1-2-3-1001", "S-1-5-21-4-5-6-1001"
    assert number_of(directory) == number_of(directory) != number_of(device)


@pytest.mark.skipif(sys.platform == "win32", reason="says what happens elsewhere")
def test_elsewhere_it_says_so() -> None:
    with pytest.raises(OSError, match="this is not Windows"):
        account_of_sid("S-1-5-18")
