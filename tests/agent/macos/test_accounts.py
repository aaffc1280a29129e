from collections.abc import Callable, Sequence

from agent.macos.accounts import is_local


def mac(known: dict[str, str]) -> "Callable[[Sequence[str]], tuple[int, str]]":
    """``known``: what dscl prints for each attribute that the account has."""

    def ask(command: Sequence[str]) -> tuple[int, str]:
        assert command[:4] == ("dscl", "/Local/Default", "-read", "/Users/a.clarke")
        return (0, known[command[4]]) if command[4] in known else (56, "")

    return ask


def test_an_account_that_the_mac_made_is_local() -> None:
    assert is_local("a.clarke", mac({"RecordName": "RecordName: a.clarke"}))


def test_a_directorys_account_is_not_whether_it_is_kept_on_the_mac_or_not() -> None:
    kept = {"RecordName": "RecordName: a.clarke", "OriginalNodeName": "OriginalNodeName:\n /Active Directory/HILL"}
    assert not is_local("a.clarke", mac(kept))
    assert not is_local("a.clarke", mac({}))


def test_dscl_says_of_what_an_account_lacks_that_there_is_no_such_key() -> None:
    said = {"RecordName": "RecordName: a.clarke", "OriginalNodeName": "No such key: OriginalNodeName"}
    assert is_local("a.clarke", mac(said))


def test_what_cannot_be_told_counts_as_local() -> None:
    def broken(command: Sequence[str]) -> tuple[int, str]:
        raise FileNotFoundError("dscl")

    assert is_local("a.clarke", broken)
    assert is_local("../a.clarke", mac({}))
