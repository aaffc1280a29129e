"""``gatehouse lists``: change what a school's sensors look for, and release it to them."""

import argparse
import getpass
import shlex
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from appliance import groups, library_agreement, library_layers, organisations, store
from appliance.commands import lists_agree, lists_release
from appliance.commands.lists_history import history
from appliance.commands.mistake import Mistake, reported
from appliance.config import ApplianceSettings
from appliance.library_releases import Press
from appliance.models import LibraryChange, Organisation
from appliance.signatories import signatory
from detection import settings, shipped_library
from detection.layers import Act, Add, Change, Ignore, Regrade
from detection.library import SHIPPED, Category, Phrase
from detection.library_keys import read_private

NOT_YET = "It counts once it is released: gatehouse lists release."


def main(argv: list[str], *, shipped: Path = SHIPPED, ask: lists_agree.Ask = getpass.getpass) -> int:
    """``ask``: for the password of whoever agrees."""
    arguments = _parser().parse_args(argv)
    with reported("gatehouse lists"):
        loaded = settings.load(arguments.config, ApplianceSettings)
        arguments.library_key, arguments.shipped = loaded.library_key, shipped_library.shipped(phrases=shipped)
        store.migrate(loaded.database)
        sessions, now = store.sessions(loaded.database), datetime.now(UTC)
        if arguments.act is _agree:
            arguments.by = lists_agree.prove(sessions, arguments.by, ask, now)
        with sessions.begin() as session:
            school = organisations.get(session, arguments.school)
            for role in ("by", "second"):
                if login := getattr(arguments, role, ""):
                    setattr(arguments, role, signatory(session, school, login).login)
            print(arguments.act(session, school, arguments, now))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse lists", description="Change a school's phrases, and release them.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add = commands.add_parser("add", help="look for a phrase of the school's own")
    add.add_argument("text", metavar="TEXT", help="words, and what phrases may say beside them, such as (a|b)")
    add.add_argument("--category", required=True, choices=[str(category) for category in Category])
    add.add_argument("--severity", required=True, type=int, metavar="1-5")
    add.add_argument("--gloss", required=True, help="what it means, for staff who have never heard it")
    add.add_argument(
        "--hit", action="append", required=True, metavar="SENTENCE", help="it must be found in; repeatable"
    )
    add.add_argument("--miss", action="append", default=[], metavar="SENTENCE", help="it must not be found in")
    add.add_argument("--near", action="append", default=[], metavar="WORD", help="one of these must stand nearby")
    add.add_argument("--unless", action="append", default=[], metavar="WORD", help="shows an innocent meaning")
    add.add_argument("--name", default="", help="the last part of its id; made of TEXT if not given")
    add.add_argument("--language", default="en")
    ignore = commands.add_parser("ignore", help="no longer look for a phrase")
    regrade = commands.add_parser("regrade", help="give a phrase another severity")
    for command in (ignore, regrade):
        command.add_argument("phrase", metavar="PHRASE", help="its id, such as en.bullying.nobody-likes-you")
    regrade.add_argument("severity", type=int, metavar="1-5")
    withdraw = commands.add_parser("withdraw", help="take a change back")
    withdraw.add_argument("number", type=int, metavar="NUMBER", help="as history shows it")
    agree = commands.add_parser("agree", help="agree to a change, or to its withdrawal, that waits for you")
    agree.add_argument("number", type=int, metavar="NUMBER", help="as history shows it")
    release = commands.add_parser("release", help="give sensors the library with all changes")
    rollback = commands.add_parser("rollback", help="give sensors an earlier library again")
    rollback.add_argument("version", metavar="VERSION", help="as history shows it")
    past = commands.add_parser("history", help="show changes and releases")
    for command in (add, ignore, regrade):
        command.add_argument("--expires", type=_date, metavar="YYYY-MM-DD", help="the last day on which it counts")
        command.add_argument("--group", type=_group, help='only for these: "Year 12", or staff')
    for command in (add, ignore, regrade, withdraw):
        command.add_argument("--second", default="", metavar="LOGIN", help="another reviewer, who is to agree first")
    acts = {add: _add, ignore: _ignore, regrade: _regrade, withdraw: _withdraw, release: _release, rollback: _rollback}
    for command in acts:
        command.add_argument("--why", required=True, metavar="REASON")
    acts[agree] = _agree
    for command, act in acts.items():
        command.set_defaults(act=act)
        command.add_argument("--by", required=True, metavar="LOGIN", help="the reviewer who does it")
    past.set_defaults(act=lambda session, school, arguments, now: history(session, school, arguments.shipped, now))
    for command in (*acts, past):
        command.add_argument("--school", required=True, metavar="SLUG", help="or the trust")
        command.add_argument("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    return parser


def _add(session: Session, school: Organisation, arguments: argparse.Namespace, now: datetime) -> str:
    name = arguments.name or organisations.slug_of(arguments.text)
    if not name:
        raise Mistake("no name can be made of a text without Latin letters; give the phrase one with --name")
    phrase = Phrase(
        id=f"{arguments.language}.{arguments.category}.{name}",
        text=arguments.text,
        category=Category(arguments.category),
        severity=arguments.severity,
        gloss=arguments.gloss,
        near=tuple(arguments.near),
        unless=tuple(arguments.unless),
        hits=tuple(arguments.hit),
        misses=tuple(arguments.miss),
    )
    return _record(session, school, Add(phrase), arguments, now)


def _ignore(session: Session, school: Organisation, arguments: argparse.Namespace, now: datetime) -> str:
    return _record(session, school, Ignore(arguments.phrase), arguments, now)


def _regrade(session: Session, school: Organisation, arguments: argparse.Namespace, now: datetime) -> str:
    return _record(session, school, Regrade(arguments.phrase, arguments.severity), arguments, now)


def _record(session: Session, school: Organisation, act: Act, arguments: argparse.Namespace, now: datetime) -> str:
    change = Change(
        act=act,
        by=arguments.by,
        at=now,
        why=arguments.why,
        expires=arguments.expires,
        second=arguments.second,
        group=arguments.group or "",
    )
    row = library_layers.record(session, school, change, arguments.shipped)
    return f"Change {row.id}. {library_layers.sentence(change)}\n{_next(row, school, arguments)}"


def _withdraw(session: Session, school: Organisation, arguments: argparse.Namespace, now: datetime) -> str:
    row = library_layers.withdraw(
        session,
        school,
        arguments.number,
        arguments.shipped,
        by=arguments.by,
        second=arguments.second,
        why=arguments.why,
        now=now,
    )
    return f"Change {row.id} is{'' if row.withdrawn_at else ' to be'} withdrawn.\n{_next(row, school, arguments)}"


def _agree(session: Session, school: Organisation, arguments: argparse.Namespace, now: datetime) -> str:
    row = library_agreement.agree(session, school, arguments.number, arguments.shipped, by=arguments.by, now=now)
    what = "is withdrawn" if row.withdrawn_at else "is agreed to"
    return f"Change {row.id} {what}.\n{NOT_YET}"


def _next(row: LibraryChange, school: Organisation, arguments: argparse.Namespace) -> str:
    if not row.waits_for:
        return NOT_YET
    where = f"--school {school.slug} --config {shlex.quote(str(arguments.config))}"
    command = f"gatehouse lists agree {row.id} --by {row.waits_for} {where}"
    return f"It waits for {row.waits_for}, who agrees with: {command}"


def _release(session: Session, school: Organisation, arguments: argparse.Namespace, now: datetime) -> str:
    return lists_release.release(session, school, _press(arguments), by=arguments.by, why=arguments.why, now=now)


def _rollback(session: Session, school: Organisation, arguments: argparse.Namespace, now: datetime) -> str:
    press = _press(arguments)
    return lists_release.rollback(
        session, school, press, arguments.version, by=arguments.by, why=arguments.why, now=now
    )


def _press(arguments: argparse.Namespace) -> Press:
    if arguments.library_key is None:
        raise Mistake(
            f"{arguments.config}: library_key: is not set; make one with gatehouse keys library, "
            "and give its public half to every sensor"
        )
    return Press(read_private(arguments.library_key), arguments.shipped)


def _group(text: str) -> str:
    try:
        return groups.named(text)
    except ValueError as e:
        raise argparse.ArgumentTypeError(str(e)) from None


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-05-03") from None
