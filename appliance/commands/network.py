"""``gatehouse network``: agree that a network may be read, sign for other people's devices, take it back, see."""

import argparse
import getpass
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from appliance import network_agreements, networks, reviewers, store
from appliance.commands import lists_agree, on_the_box
from appliance.commands.mistake import reported
from appliance.commands.on_the_box import OnTheBox
from appliance.models import Organisation, Reviewer
from appliance.network_agreements import Facts
from appliance.networks import Standing
from appliance.provisioning import box as box_file
from appliance.provisioning import live_rules, network_states
from appliance.provisioning.box import Box
from appliance.provisioning.box_network import Network
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.live_rules import FirewallError
from appliance.second import known as second_known
from appliance.second.settings import FollowSettings
from detection import settings


def main(argv: list[str], *, ask: lists_agree.Ask = getpass.getpass) -> int:
    """``ask``: for the password of whoever signs."""
    given = _parser().parse_args(argv)
    with reported("gatehouse network"):
        return int(given.act(given, ask))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse network", description="Say which networks of the box are read.")
    commands = parser.add_subparsers(required=True, metavar="list, agree, sign, withdraw or apply")
    shown = commands.add_parser("list", help="how each network stands, and why")
    agree = commands.add_parser("agree", help="write down what must be known before a network is read")
    agree.add_argument("--notice", required=True, metavar="URL", help="what pupils and parents can read about it")
    agree.add_argument("--published", required=True, type=_date, metavar="YYYY-MM-DD", help="since when they can")
    agree.add_argument("--dpia", required=True, metavar="REFERENCE", help="of the impact assessment")
    agree.add_argument("--retention", required=True, type=int, metavar="DAYS")
    agree.add_argument("--contact", required=True, action="append", metavar="'NAME <MAIL>'", help="twice: DSL, manager")
    sign = commands.add_parser("sign", help="answer by name for reading the devices of others; asks for your password")
    withdraw = commands.add_parser("withdraw", help="stop reading a network, at once")
    apply = commands.add_parser("apply", help="fill the firewall that was just loaded; opens no database")
    apply.add_argument("--box", type=Path, default=box_file.FILE, metavar="FILE", help=f"of the box; {box_file.FILE}")
    apply.set_defaults(act=_apply)
    for command in (sign, withdraw):
        command.add_argument("--why", required=True, metavar="REASON")
    for command, act in ((agree, _agree), (sign, _sign), (withdraw, _withdraw)):
        command.set_defaults(act=act)
        command.add_argument("network", metavar="NETWORK", help="its name in box.toml")
        command.add_argument("--by", required=True, metavar="LOGIN", help="the reviewer who does it")
    shown.set_defaults(act=_list)
    for command in (shown, agree, sign, withdraw):
        on_the_box.arguments(command)
    return parser


def _list(given: argparse.Namespace, ask: lists_agree.Ask) -> int:
    box = settings.load(given.box, Box)
    if box.appliance:
        return _list_of_a_second(given, box, box.appliance)
    here = on_the_box.opened(given)
    with store.reading(here.sessions) as session:
        for each in networks.standings(session, on_the_box.school(session, given, here.box).id, here.box.network):
            print(_line(each))
    return 0


def _list_of_a_second(given: argparse.Namespace, box: Box, first: FirstBox) -> int:
    """By what the first box said last."""
    followed = settings.load(given.box.with_name("follow.toml"), FollowSettings)
    known = second_known.load(followed.state)
    print(second_known.in_words(known, first.address, timedelta(hours=followed.alone_hours)))
    for each in network_states.load(given.box.with_name(network_states.FILE.name), box):
        paused = f" Paused until {each.paused_until:%H:%M} UTC" if each.paused_until else ""
        print(f"{each.name:16} {each.kind:8} {each.reading:10} {known.because.get(each.name, '')}{paused}")
    return 0


def _line(each: Standing) -> str:
    paused = f" Paused until {each.pause.until:%H:%M} UTC by {each.pause.by}: {each.pause.why}" if each.pause else ""
    return f"{each.network.name:16} {each.network.kind:8} {each.reading:10} {each.because}{paused}"


def _agree(given: argparse.Namespace, ask: lists_agree.Ask) -> int:
    facts = Facts(
        notice_url=given.notice,
        notice_published=given.published,
        dpia=given.dpia,
        retention_days=given.retention,
        contacts=tuple(given.contact),
    )
    here = on_the_box.opened(given)
    with here.sessions.begin() as session:
        school, network, by = _named(session, given, here)
        said = network_agreements.agree(session, school, network, facts, by, datetime.now(UTC))
        here.carry_out(session, school, lambda states: live_rules.reading(here.box, states))
    here.follow()
    print(said)
    return 0


def _sign(given: argparse.Namespace, ask: lists_agree.Ask) -> int:
    here = on_the_box.opened(given)
    given.by = lists_agree.prove(here.sessions, given.by, ask, datetime.now(UTC))
    with here.sessions.begin() as session:
        school, network, by = _named(session, given, here)
        said = network_agreements.sign(session, school, network, given.why, by, datetime.now(UTC))
        here.carry_out(session, school, lambda states: live_rules.reading(here.box, states))
    here.follow()
    print(said)
    return 0


def _withdraw(given: argparse.Namespace, ask: lists_agree.Ask) -> int:
    """What is withdrawn stays withdrawn, even if the firewall does not follow at once."""
    here = on_the_box.opened(given)
    with here.sessions.begin() as session:
        school, network, by = _named(session, given, here)
        said = network_agreements.withdraw(session, school, network, given.why, by, datetime.now(UTC))
        states = here.write(session, school)
    print(said)
    try:
        live_rules.apply(live_rules.reading(here.box, states))
    except FirewallError as e:
        print(
            f"gatehouse network: {e}\ngatehouse network: it is recorded, but {network.name} may still be read until "
            "gatehouse network apply succeeds",
            file=sys.stderr,
        )
        return 1
    finally:
        here.follow()
    return 0


def _apply(given: argparse.Namespace, ask: lists_agree.Ask) -> int:
    box = settings.load(given.box, Box)
    states = network_states.load(given.box.with_name(network_states.FILE.name), box)
    live_rules.apply(live_rules.all_of(box, states, datetime.now(UTC)))
    return 0


def _named(session: Session, given: argparse.Namespace, here: OnTheBox) -> tuple[Organisation, Network, Reviewer]:
    school = on_the_box.school(session, given, here.box)
    return school, networks.of(here.box, given.network), reviewers.get(session, given.by)


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is not a day such as 2026-09-01") from None
