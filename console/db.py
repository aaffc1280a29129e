"""Sessions on the store: one that reads for each request, and short ones that write.

On SQLite a session that may write holds the only write lock from its first statement, so a page that merely
shows something must not keep ingest waiting.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask, current_app, g
from sqlalchemy.orm import Session, sessionmaker

from appliance.store import reading


def session() -> Session:
    """This request's reading session."""
    if "session" not in g:
        g.opened = ExitStack()
        g.session = g.opened.enter_context(reading(_sessions()))
    opened: Session = g.session
    return opened


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: committed at the end, rolled back when anything raises."""
    with _sessions().begin() as opened:
        yield opened


def renew() -> None:
    """Forget what this request has read: after writing, a page must show what is there now."""
    if opened := g.pop("opened", None):
        g.pop("session", None)
        opened.close()


def init_app(app: Flask, sessions: sessionmaker[Session]) -> None:
    app.extensions["sessions"] = sessions
    app.teardown_appcontext(lambda _: renew())


def _sessions() -> sessionmaker[Session]:
    found: sessionmaker[Session] = current_app.extensions["sessions"]
    return found
