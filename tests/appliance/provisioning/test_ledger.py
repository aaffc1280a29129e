"""The ledger: as far as a killed run came, in the order it was made."""

import pytest

from appliance.provisioning.ledger import FILE, Key, Ledger, LedgerError
from appliance.provisioning.machine import Machine

ONE, TWO = Key("file", "/etc/one"), Key("folder", "/var/two")


def test_what_was_noted_is_there_for_the_next_run(machine: Machine) -> None:
    ledger = Ledger(machine)
    ledger.note(ONE, sha256=["1"])
    ledger.note(TWO)
    ledger.note(ONE, before="/etc/one.before")
    again = Ledger(machine)
    assert again.made() == [ONE, TWO]
    assert again.facts(ONE) == {"sha256": ["1"], "before": "/etc/one.before"}
    assert TWO in again


def test_when_all_is_struck_nothing_is_left(machine: Machine) -> None:
    ledger = Ledger(machine)
    ledger.note(ONE)
    ledger.strike(ONE)
    assert not machine.at(FILE).parent.exists()
    ledger.strike(ONE)


def test_one_that_is_broken_is_not_taken_for_an_empty_one(machine: Machine) -> None:
    Ledger(machine).note(ONE)
    machine.at(FILE).write_text("[{")
    with pytest.raises(LedgerError, match="cannot be read"):
        Ledger(machine)
