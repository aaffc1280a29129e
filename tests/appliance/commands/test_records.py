"""A command's act is kept as a whole or not at all."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import Session, sessionmaker

from appliance import organisations
from appliance.commands.records import records
from appliance.config import ApplianceSettings
from detection.settings import SettingsError
from tests.appliance import factories


def test_what_is_done_is_kept_with_the_settings_it_was_done_by(config: Path, sessions: sessionmaker[Session]) -> None:
    with records(config, ApplianceSettings) as (loaded, session):
        factories.school(session)
        assert loaded.database
    with sessions() as session:
        assert organisations.find(session, "oak")


def test_what_goes_wrong_leaves_nothing(config: Path, sessions: sessionmaker[Session]) -> None:
    with pytest.raises(ValueError, match="stop"):
        _begin_and_stop(config)
    with sessions() as session:
        assert organisations.find(session, "oak") is None


def _begin_and_stop(config: Path) -> None:
    with records(config, ApplianceSettings) as (_, session):
        factories.school(session)
        session.flush()
        raise ValueError("stop")


def test_a_new_store_is_brought_to_the_form_this_program_knows(config: Path) -> None:
    with records(config, ApplianceSettings) as (loaded, _):
        engine = create_engine(loaded.database)
        assert inspect(engine).has_table("captures")
        engine.dispose()


def test_without_settings_there_are_no_records(tmp_path: Path) -> None:
    with pytest.raises(SettingsError), records(tmp_path / "appliance.toml", ApplianceSettings):
        raise AssertionError
