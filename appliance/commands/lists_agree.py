"""The second person at the command line: who they are is proved by their own password, as at the console's door."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from appliance import signing_in
from appliance.commands.mistake import Mistake

HERE = "command line"
"""Stands for the address attempts are counted by."""
Ask = Callable[[str], str]
"""Shows a prompt and gives the password that was typed."""


def prove(sessions: sessionmaker[Session], login: str, ask: Ask, now: datetime) -> str:
    """Their login as it is written in the records. A transaction of its own: a failed attempt must be kept."""
    password = ask(f"Password of {login}: ")
    with sessions.begin() as session:
        try:
            found = signing_in.prove(session, login, password, HERE, now)
        except signing_in.TooManyAttempts as e:
            raise Mistake(str(e)) from e
    if found is None:
        raise Mistake("login and password do not belong together")
    if found.must_change_password:
        raise Mistake(f"somebody else may know this password; {found.login} must sign in to the console and change it")
    return found.login
