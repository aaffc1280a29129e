"""A window is a private one by its title, its program or its address."""

from detection.agent_policy.private_window import PrivateWindow

BANK = PrivateWindow(title="bank", app="Firefox")


def test_a_window_is_private_where_all_that_is_said_of_it_is_there() -> None:
    assert BANK.covers(title="My BANK", app="firefox")
    assert not BANK.covers(title="My bank", app="Editor")
    assert not PrivateWindow().covers(title="My bank")
