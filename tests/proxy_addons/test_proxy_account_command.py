import os

import pytest

from proxy_addons.proxy_account_command import main
from proxy_addons.proxy_accounts import Accounts


def test_a_sign_in_is_made_works_and_is_taken_away(tmp_path, capsys):
    file = tmp_path / "accounts"
    assert main(["add", "robin", "--person", "p-1", "--file", str(file)]) == 0
    login, password = capsys.readouterr().out.split()
    assert file.stat().st_mode & 0o777 == 0o600
    assert password not in file.read_text()
    assert Accounts(file).check(login, password).person == "p-1"
    main(["add", "sam", "--file", str(file)])
    capsys.readouterr()
    main(["list", "--file", str(file)])
    assert capsys.readouterr().out == "robin p-1\nsam \n"
    assert main(["remove", "robin", "--file", str(file)]) == 0
    assert Accounts(file).check(login, password) is None


def test_a_new_password_takes_the_place_of_the_old(tmp_path, capsys):
    file = str(tmp_path / "accounts")
    main(["add", "robin", "--person", "p-1", "--file", file])
    old = capsys.readouterr().out.split()[1]
    main(["add", "robin", "--person", "p-1", "--file", file])
    new = capsys.readouterr().out.split()[1]
    accounts = Accounts(tmp_path / "accounts")
    assert accounts.check("robin", old) is None
    assert accounts.check("robin", new)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_what_root_writes_is_for_whom_the_folder_or_the_file_belongs_to(tmp_path):
    file = tmp_path / "accounts"
    os.chown(tmp_path, 12345, 12345)
    main(["add", "robin", "--file", str(file)])
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12345)
    os.chown(file, 12346, 12346)
    main(["add", "sam", "--file", str(file)])
    assert (file.stat().st_uid, file.stat().st_gid) == (12346, 12346)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["remove", "nobody"], "there is no sign-in"),
        (["add", "ro:bin"], "no colon"),
        (["list"], "line 1"),
    ],
)
def test_a_mistake_is_one_line(tmp_path, capsys, arguments, said):
    file = tmp_path / "accounts"
    file.write_text("" if "list" not in arguments else "broken\n")
    assert main([*arguments, "--file", str(file)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
