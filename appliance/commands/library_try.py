"""``gatehouse library try``: what a changed word, severity or threshold would have done to stored captures."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from appliance import library_layers, organisations, released_libraries, store
from appliance.alerting import TELL_FROM
from appliance.commands.library_try_report import Tried, as_json, text
from appliance.commands.mistake import Mistake, reported
from appliance.config import ApplianceSettings
from appliance.library_effects import effects, incidents_of
from appliance.library_trial import Trial, stored
from appliance.models import Organisation, OrganisationKind
from detection import settings
from detection.ages import STEPS, YOUNGEST
from detection.layers import Act, Add, Change, Ignore, Layer, Regrade, apply
from detection.library import SHIPPED, Category, Library, Phrase, dump, load, parse
from detection.matcher import Matcher
from detection.observation import AgeBand

NOTHING = "say what is to be tried: --ignore, --regrade, --add, --library, --unreleased or --alert-from"


def declare(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--against", choices=("captures",), default="captures", help="what it is tried on (default: captures)")
    add("--config", type=Path, required=True, metavar="FILE", help="the appliance's settings")
    add("--school", default="", metavar="SLUG", help="or a trust, for each of its schools (default: all schools)")
    whole = parser.add_mutually_exclusive_group()
    whole.add_argument("--library", type=Path, metavar="FOLDER", help="another library in place of the one in force")
    whole.add_argument("--unreleased", action="store_true", help="what gatehouse lists release would give sensors now")
    add("--ignore", action="append", default=[], metavar="PHRASE", help="without this phrase; repeatable")
    add("--regrade", action="append", default=[], nargs=2, metavar=("PHRASE", "1-5"), help="repeatable")
    add("--add", action="append", default=[], metavar="TEXT", help="with a phrase of these words; repeatable")
    add("--category", choices=[str(category) for category in Category], metavar="CATEGORY", help="of what is added")
    add("--severity", type=int, choices=range(1, 6), metavar="1-5", help="of what is added")
    add("--language", default="en", help="of what is added (default: en)")
    add("--alert-from", type=int, choices=range(1, 6), metavar="1-5",
        help=f"somebody is alerted from this severity on (default: {TELL_FROM})")  # fmt: skip
    add("--youngest-band", choices=[str(band) for band in STEPS], default=YOUNGEST, metavar="BAND",
        help=f"as the sensors' settings have it (default: {YOUNGEST})")  # fmt: skip
    add("--list", type=int, default=0, metavar="N", help="the ids of up to N captures of a school that would change")
    add("--json", action="store_true", help="one JSON object instead of the tables")


def run(arguments: argparse.Namespace, *, shipped: Path = SHIPPED) -> int:
    with reported("gatehouse library try"):
        acts = _acts(arguments)
        if not (acts or arguments.library or arguments.unreleased or arguments.alert_from):
            raise Mistake(NOTHING)
        loaded = settings.load(arguments.config, ApplianceSettings)
        store.must_exist(loaded.database)
        store.migrate(loaded.database)
        with store.reading(store.sessions(loaded.database)) as session:
            trials = _trials(session, arguments, acts, load(shipped))
    print((as_json if arguments.json else text)(trials, arguments.list))
    return 0


def _trials(session: Session, arguments: argparse.Namespace, acts: Sequence[Act], shipped: Library) -> list[Tried]:
    schools, now = _schools(session, arguments.school), datetime.now(UTC)
    given = load(arguments.library) if arguments.library else None
    used = [released_libraries.in_force(session, school, shipped)[0] for school in schools]
    bases = [given or each for each in used]
    if arguments.unreleased:
        bases = [_unreleased(session, school, shipped, now) for school in schools]
    _check(acts, schools, bases)
    matcher = Matcher(shipped)
    made = list[Tried]()
    for school, in_force, base in zip(schools, used, bases, strict=True):
        tried = apply(base, (_layer(acts, now),), now.date())
        here = matcher.adapted(in_force)
        trial = Trial((here, in_force), (here.adapted(tried), tried), youngest=AgeBand(arguments.youngest_band))
        outcomes = [trial.outcome(each) for each in stored(session, school)]
        alert_from = arguments.alert_from or TELL_FROM
        made.append(
            Tried(
                school=school.slug,
                library=in_force.version,
                tried=tried.version,
                alert_from=alert_from,
                effects=effects(outcomes, incidents_of(session, school, outcomes), alert_from),
            )
        )
    return made


def _schools(session: Session, named: str) -> list[Organisation]:
    if named:
        found = organisations.schools_of(session, organisations.get(session, named))
    else:
        wanted = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL).order_by(Organisation.slug)
        found = list(session.scalars(wanted))
    if not found:
        raise Mistake(f"{named or 'the database'} has no schools yet")
    return found


def _unreleased(session: Session, school: Organisation, shipped: Library, now: datetime) -> Library:
    return library_layers.built(session, school, shipped, now, library_layers.today_at(school, now))


def _acts(arguments: argparse.Namespace) -> list[Act]:
    if arguments.add and not (arguments.category and arguments.severity):
        raise Mistake("--add: needs --category and --severity")
    return [
        *(Ignore(phrase) for phrase in arguments.ignore),
        *(Regrade(phrase, _severity(phrase, written)) for phrase, written in arguments.regrade),
        *(Add(_phrase(words, arguments)) for words in arguments.add),
    ]


def _severity(phrase: str, written: str) -> int:
    if written not in ("1", "2", "3", "4", "5"):
        raise Mistake(f"--regrade {phrase}: {written!r} is no severity; it goes from 1 to 5")
    return int(written)


def _phrase(words: str, arguments: argparse.Namespace) -> Phrase:
    """Checked as if it stood in a file; LibraryError says what is wrong with it."""
    phrase = Phrase(
        id=f"{arguments.language}.{arguments.category}.{organisations.slug_of(words) or 'tried'}",
        text=words,
        category=Category(arguments.category),
        severity=arguments.severity,
        gloss="Tried.",
        hits=(words,),
    )
    return parse(dump(Library((phrase,)))).phrases[0]


def _check(acts: Sequence[Act], schools: Sequence[Organisation], bases: Sequence[Library]) -> None:
    """One school may lack what another has; but a name that none has is a slip."""
    named = {act.phrase_id for act in acts if not isinstance(act, Add)}
    added = {act.phrase_id for act in acts if isinstance(act, Add)}
    known = {phrase.id for base in bases for phrase in base.phrases}
    if unknown := sorted(named - known):
        raise Mistake(f"{', '.join(unknown)}: no such phrase in the library of {', '.join(s.slug for s in schools)}")
    if twice := sorted(added & known):
        raise Mistake(f"{', '.join(twice)}: there is a phrase of this id already; it is made of the words of --add")


def _layer(acts: Sequence[Act], now: datetime) -> Layer:
    return tuple(Change(act=act, by="", at=now, why="") for act in acts)
