"""Users that programs run as."""

from appliance.provisioning import accounts
from appliance.provisioning.accounts import Account
from appliance.provisioning.plan import Site


def test_one_is_added_that_cannot_sign_in(site: Site) -> None:
    account = Account("gatehouse-gateway")
    assert account.lacks(site) == "add user and group gatehouse-gateway"
    account.do(site)
    (line,) = site.machine.asked  # type: ignore[attr-defined]
    assert line.startswith("useradd --system")
    assert "--shell /usr/sbin/nologin --user-group gatehouse-gateway" in line


def test_one_that_is_there_is_left_alone(site: Site) -> None:
    assert Account("gatehouse").lacks(site) == ""
    accounts.undo(site, Account("gatehouse-gateway").key, {})
    assert site.machine.asked == []  # type: ignore[attr-defined]
