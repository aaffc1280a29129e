"""``gatehouse pause`` and ``gatehouse resume``: leave a network unread for a while; everybody who must know is told."""

import argparse
import re
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from appliance import network_pauses, networks
from appliance.commands import on_the_box
from appliance.commands.mistake import Mistake, reported
from appliance.commands.on_the_box import OnTheBox
from appliance.models import Organisation
from appliance.provisioning import live_rules
from appliance.provisioning.box_network import Network

_LASTS = re.compile(r"(\d{1,4})(m|h)")


def pause(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse pause", description="Leave a network unread for a while.")
    parser.add_argument("--for", dest="lasts", required=True, type=_lasts, metavar="30m|2h", help="at most 8h")
    parser.add_argument("--why", required=True, metavar="REASON")
    given = _parsed(parser, argv)
    with reported(parser.prog):
        here, now = on_the_box.opened(given), datetime.now(UTC)
        with here.sessions.begin() as session:
            school, network = _named(session, given, here)
            by = on_the_box.who(session, given.by)
            row = network_pauses.pause(session, school, network, given.lasts, given.why, by, now)
            here.carry_out(session, school, lambda _: live_rules.pause(network, given.lasts))
        print(f"{network.name} is not read until {row.until.astimezone():%H:%M}; then it is again, by itself.")
    return 0


def resume(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="gatehouse resume", description="End the pause of a network.")
    given = _parsed(parser, argv)
    with reported(parser.prog):
        here, now = on_the_box.opened(given), datetime.now(UTC)
        with here.sessions.begin() as session:
            school, network = _named(session, given, here)
            row = network_pauses.lasting(session, school.id, network.name)
            if row is None:
                raise Mistake(f"{network.name} is not paused")
            said = network_pauses.resume(session, row, on_the_box.who(session, given.by), now)
            here.carry_out(session, school, lambda _: live_rules.resume(network))
        print(said)
    return 0


def _parsed(parser: argparse.ArgumentParser, argv: list[str]) -> argparse.Namespace:
    parser.add_argument("--network", required=True, metavar="NAME", help="its name in box.toml")
    parser.add_argument("--by", default="", metavar="LOGIN", help="the reviewer who does it; else who is at the box")
    on_the_box.arguments(parser)
    return parser.parse_args(argv)


def _named(session: Session, given: argparse.Namespace, here: OnTheBox) -> tuple[Organisation, Network]:
    return on_the_box.school(session, given, here.box), networks.of(here.box, given.network)


def _lasts(written: str) -> timedelta:
    found = _LASTS.fullmatch(written.strip())
    if not found:
        raise argparse.ArgumentTypeError(f"{written!r} is no time such as 30m or 2h")
    number = int(found[1])
    return timedelta(hours=number) if found[2] == "h" else timedelta(minutes=number)
