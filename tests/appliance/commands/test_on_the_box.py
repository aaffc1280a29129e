"""A box serves the school its file names; where that is not there, it is said what to do."""

import argparse
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from appliance.commands import on_the_box
from appliance.commands.mistake import Mistake
from appliance.provisioning.box import Box
from detection.settings import load
from tests.appliance import factories


def test_whose_box_it_is(session: Session, box_file: Path) -> None:
    box, given = load(box_file, Box), argparse.Namespace(school="", box=box_file)
    with pytest.raises(Mistake, match="there is no school 'Oak School', which"):
        on_the_box.school(session, given, box)
    oak, elm = factories.school(session, "oak"), factories.school(session, "elm")
    assert on_the_box.school(session, given, box) is oak
    given.school = "elm"
    assert on_the_box.school(session, given, box) is elm


def test_who_acts(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    kim = factories.reviewer(session, factories.school(session), login="kim")
    assert on_the_box.who(session, "kim") is kim
    monkeypatch.setenv("SUDO_USER", "lee")
    assert on_the_box.who(session, "") == "lee at the box"
