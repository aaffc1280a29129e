import pytest

from proxy_addons.proxy_accounts import REMEMBERED, Account, Accounts, hashed, read_accounts


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "accounts"
    made.write_text(f"# sign-ins\n\n{Account('robin', hashed('four-words'), 'p-1').line()}\n")
    return made


def test_the_right_password_tells_who_it_is_and_is_remembered_for_a_while(file, clock):
    accounts = Accounts(file, clock)
    assert accounts.remembered("robin", "four-words") is None
    assert accounts.check("robin", "four-words").person == "p-1"
    assert accounts.remembered("robin", "four-words").person == "p-1"
    assert accounts.remembered("robin", "other") is None
    clock.now += REMEMBERED + 1
    assert accounts.remembered("robin", "four-words") is None


@pytest.mark.parametrize(("login", "password"), [("robin", "wrong"), ("nobody", "four-words"), ("robin", "")])
def test_a_wrong_one_does_not(file, login, password):
    assert Accounts(file).check(login, password) is None


def test_the_same_password_never_looks_the_same():
    assert hashed("four-words") != hashed("four-words")


def test_a_changed_file_counts_and_a_broken_one_does_not(file, clock):
    accounts = Accounts(file, clock)
    accounts.check("robin", "four-words")
    file.write_text("broken")
    clock.now += 10
    assert accounts.remembered("robin", "four-words")
    file.write_text(Account("sam", hashed("more-words"), "p-2").line() + "\n")
    clock.now += 10
    assert accounts.remembered("robin", "four-words") is None
    assert accounts.check("robin", "four-words") is None
    assert accounts.check("sam", "more-words").person == "p-2"


@pytest.mark.parametrize(
    "line",
    [
        "robin:plain-password:p-1",
        "robin:scrypt$1048576$8$1$AA==$AA==:p-1",
        "robin",
        f":{hashed('x')}:p-1",
        f"robin:{hashed('x')}:p-1\nrobin:{hashed('x')}:p-1",
    ],
)
def test_a_bad_line_is_named_by_its_number_and_never_quoted(tmp_path, line):
    (tmp_path / "accounts").write_text(f"# sign-ins\n{line}\n")
    with pytest.raises(ValueError, match=r"line [23]: must be") as said:
        read_accounts(tmp_path / "accounts")
    assert "plain-password" not in str(said.value)
