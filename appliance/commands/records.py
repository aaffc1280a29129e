"""One transaction in the appliance's records, for a command: where its settings say, in the form this program knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from appliance import store
from detection import settings


class SaysWhere(Protocol):
    @property
    def database(self) -> str: ...


T = TypeVar("T", bound=SaysWhere)


@contextmanager
def records(config: Path, kind: type[T]) -> Iterator[tuple[T, Session]]:
    """With what was read of ``config``. All of it is kept at the end, or nothing where something was wrong.

    SettingsError or StoreError where there is none to be had."""
    loaded = settings.load(config, kind)
    store.migrate(loaded.database)
    with store.sessions(loaded.database).begin() as session:
        yield loaded, session
