"""``gatehouse user``: add reviewers, give them a new password, remove their passkeys, take their access away."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from appliance import organisations, passkeys, passwords, reviewers
from appliance.commands.mistake import reported
from appliance.commands.records import records
from appliance.config import ApplianceSettings
from appliance.models import Passkey, ReviewerRole
from detection.private_file import write_privately


def main(argv: list[str]) -> int:
    arguments = _parser().parse_args(argv)
    with reported("gatehouse user"), records(arguments.config, ApplianceSettings) as (_, session):
        print(arguments.act(session, arguments, datetime.now(UTC)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse user", description="Look after the console's reviewers.")
    commands = parser.add_subparsers(required=True, metavar="add, password, passkeys or disable")
    add = commands.add_parser("add", help="add a reviewer")
    add.set_defaults(act=_add)
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, choices=list(ReviewerRole))
    add.add_argument("--school", required=True, metavar="SLUG", help="or the trust, for a trust officer")
    add.add_argument("--email", default="", help="where alerts go")
    password = commands.add_parser("password", help="give a new password")
    password.set_defaults(act=_password)
    disable = commands.add_parser("disable", help="take access away")
    disable.set_defaults(act=_disable)
    keys = commands.add_parser("passkeys", help="list passkeys, or remove one that is lost")
    keys.set_defaults(act=_passkeys)
    which = keys.add_mutually_exclusive_group()
    which.add_argument("--remove", metavar="NAME", help="as its owner calls it")
    which.add_argument("--remove-all", action="store_true")
    for with_password in (add, password):
        with_password.add_argument(
            "--password-file",
            type=Path,
            metavar="FILE",
            help="holds the password (- is standard input); without it one is made and written to LOGIN.password",
        )
    for command in (add, password, keys, disable):
        command.add_argument("login", metavar="LOGIN")
        command.add_argument("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    return parser


def _add(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    school = organisations.get(session, arguments.school)
    password, where = _chosen(arguments)
    reviewer = reviewers.add(
        session,
        school,
        login=arguments.login,
        name=arguments.name,
        role=ReviewerRole(arguments.role),
        email=arguments.email,
        password=password,
        now=now,
        must_change=True,
    )
    _write(where, password)
    return f"{reviewer.name} may sign in as {reviewer.login}{_found_in(where)}."


def _password(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    reviewer = reviewers.get(session, arguments.login)
    password, where = _chosen(arguments)
    reviewers.reset_password(session, reviewer, password, now)
    _write(where, password)
    known = len(passkeys.of(session, reviewer))
    also = f" They have passkeys ({known}), which open as before: gatehouse user passkeys." if known else ""
    return f"{reviewer.login} has a new password{_found_in(where)}.{also}"


def _disable(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    reviewer = reviewers.get(session, arguments.login)
    reviewers.disable(session, reviewer, now)
    return f"{reviewer.login} can no longer sign in."


def _passkeys(session: Session, arguments: argparse.Namespace, now: datetime) -> str:
    reviewer = reviewers.get(session, arguments.login)
    known = passkeys.of(session, reviewer)
    if not arguments.remove and not arguments.remove_all:
        return "\n".join(_told(each) for each in known) or f"{reviewer.login} has no passkey."
    lost = known if arguments.remove_all else [passkeys.named(session, reviewer, arguments.remove)]
    for each in lost:
        passkeys.remove(session, each, "system", now)
    names = ", ".join(f"“{each.name}”" for each in lost) or "none"
    return f"Removed of {reviewer.login}: {names}. Whoever was signed in with it is signed out."


def _told(passkey: Passkey) -> str:
    used = f"last used {passkey.used_at:%Y-%m-%d %H:%M} UTC" if passkey.used_at else "never used"
    return f"{passkey.name}: added {passkey.added_at:%Y-%m-%d %H:%M} UTC, {used}"


def _chosen(arguments: argparse.Namespace) -> tuple[str, Path | None]:
    """The password, and the file it is still to be written to where it was made here."""
    file: Path | None = arguments.password_file
    if file == Path("-"):
        return sys.stdin.readline().strip("\r\n"), None
    if file:
        return file.read_text("utf-8").strip("\r\n"), None
    return passwords.generated(), Path(f"{Path(arguments.login).name}.password")


def _write(file: Path | None, password: str) -> None:
    if file is not None:
        write_privately(file, f"{password}\n".encode())


def _found_in(file: Path | None) -> str:
    return f"; the password is in {file}, to be changed at the first sign-in" if file else ""
