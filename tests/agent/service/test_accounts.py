"""Which account is whom: pupils the appliance knows, and nobody else."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.service.accounts import Accounts
from detection.json_object import JsonObject, WireError
from detection.kept_file import KeptFile
from detection.observation import AgeBand, PersonRole
from tests.agent.appliance import PUPIL

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def learned(kept: KeptFile, answered: dict[str, Any], clock: Clock | None = None) -> Accounts:
    accounts = Accounts(kept, clock or Clock())
    accounts.learn(JsonObject(answered))
    return accounts


def test_a_pupils_account_has_a_subject(tmp_path: Path) -> None:
    clock = Clock()
    accounts = learned(KeptFile(tmp_path / "a"), {"a.clarke": PUPIL}, clock)
    clock.now += timedelta(seconds=30)
    subject = accounts.subject("a.clarke", "hill-school", "laptop-7")
    assert subject
    assert (subject.people, subject.role, subject.age_band) == (("p0701",), PersonRole.PUPIL, AgeBand.SECONDARY)
    assert (subject.group, subject.device, subject.organisation) == ("Year 7", "laptop-7", "hill-school")
    assert (subject.identity_source, subject.identity_age) == ("agent", 30.0)


@pytest.mark.parametrize("answer", [None, PUPIL | {"role": "staff"}, PUPIL | {"role": "unknown"}])
def test_of_everybody_else_there_is_none(tmp_path: Path, answer: object) -> None:
    accounts = learned(KeptFile(tmp_path / "a"), {"visitor": answer})
    assert accounts.subject("visitor", "hill-school", "laptop-7") is None
    assert accounts.subject("never-named", "hill-school", "laptop-7") is None


def test_the_last_answers_outlive_a_restart_without_a_connection(tmp_path: Path) -> None:
    learned(KeptFile(tmp_path / "a"), {"a.clarke": PUPIL, "visitor": None})
    again = Accounts(KeptFile(tmp_path / "a"), Clock())
    subject = again.subject("a.clarke", "hill-school", "laptop-7")
    assert subject
    assert subject.identity_age is None
    assert again.subject("visitor", "hill-school", "laptop-7") is None


def test_who_has_left_is_nobody_any_more(tmp_path: Path) -> None:
    accounts = learned(KeptFile(tmp_path / "a"), {"a.clarke": PUPIL})
    accounts.learn(JsonObject({"a.clarke": None}))
    assert accounts.pupil("a.clarke") is None
    assert json.loads((tmp_path / "a").read_bytes())["accounts"] == {"a.clarke": None}


def test_an_answer_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    accounts = learned(KeptFile(tmp_path / "a"), {"a.clarke": PUPIL})
    with pytest.raises(WireError, match=r"a\.clarke\.age_band"):
        accounts.learn(JsonObject({"a.clarke": PUPIL | {"age_band": "12"}}))
    assert accounts.pupil("a.clarke")


def test_what_is_kept_and_damaged_is_asked_anew(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("nonsense")
    assert Accounts(KeptFile(tmp_path / "a"), Clock()).pupil("a.clarke") is None
