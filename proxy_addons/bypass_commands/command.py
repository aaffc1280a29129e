"""``gatehouse bypass``: the command line."""

import argparse
import getpass
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from detection import settings as settings_files
from detection.complaint import complain
from detection.unopened.layers import LISTS, Layer
from proxy_addons.bypass_commands import learned_hosts, list_changes, list_views
from proxy_addons.bypass_commands.kept_lists import KeptLists
from proxy_addons.gateway_settings import GatewaySettings
from proxy_addons.live_lists import LiveLists
from proxy_addons.watchdog import Watchdog

CONFIG = Path("/etc/gatehouse/gateway.toml")
Act = Callable[[KeptLists, argparse.Namespace, datetime], str]


def main(argv: list[str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    arguments = _parser().parse_args(argv)
    try:
        arguments.settings = settings_files.load(arguments.config, GatewaySettings)
        lists = KeptLists(arguments.settings.bypass, arguments.settings.console_hosts)
        print(arguments.act(lists, arguments, now()))
    except sqlite3.Error as e:
        return complain("gatehouse bypass", f"{arguments.settings.refusals_file}: cannot be read: {e}")
    except (OSError, ValueError) as e:
        return complain("gatehouse bypass", e)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse bypass", description="Which hosts are left closed, and why.")
    acts = parser.add_subparsers(required=True, metavar="COMMAND")

    def act(name: str, does: Act, what: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=what, description=what)
        made.set_defaults(act=does)
        made.add_argument("--config", type=Path, default=CONFIG, metavar="FILE", help="the gateway's settings")
        return made

    showing = act("list", list_views.show, "show the lists, the nearest first")
    showing.add_argument("--layer", choices=[str(layer) for layer in Layer], help="one of them alone")
    _hosts(act("check", list_views.check, "say which list decides about a host, and whether it could be added"))
    adding = act("add", list_changes.add, "leave hosts closed, or open them")
    _hosts(adding)
    adding.add_argument("--reason", required=True, metavar="WORD", help="what is counted, such as bank or pinned-app")
    adding.add_argument("--source", default="", help="what that rests on")
    adding.add_argument("--opened", action="store_true", help="read them, although a list further away closes them")
    removing = act("remove", list_changes.remove, "take hosts off a list")
    _hosts(removing)
    out = act("export", list_changes.export, "write a list to a file; - for standard output")
    taking = act("import", list_changes.take_in, "take the hosts of a file into a list")
    for each in (out, taking):
        each.add_argument("file", type=Path, metavar="FILE")
    taking.add_argument("--dry-run", action="store_true", help="only show what would change")
    taking.add_argument("--replace", action="store_true", help="what is not in the file is taken off the list")
    act("proposals", _proposals, "show what devices refuse to have read: what passes, and what is proposed")
    confirm = act("confirm", _decide(confirm=True), "let such a host pass for the clients that refuse it")
    refuse = act("refuse", _decide(confirm=False), "read such a host, and do not propose it again")
    for each in (confirm, refuse):
        each.add_argument("host", metavar="HOST")
        each.add_argument("--client", metavar="KIND", help="only this kind of client, as proposals names it")
        each.set_defaults(layer="learned")
    for each in (adding, removing, out, taking):
        choices = [str(layer) for layer in (Layer if each is out else LISTS)]
        each.add_argument(
            "--layer", choices=choices, default=str(Layer.SCHOOL), help="whose list; the school's if not given"
        )
    for each in (adding, removing, taking, confirm, refuse):
        each.add_argument("--why", required=each is not taking, metavar="SENTENCE", help="kept with the change")
        each.add_argument(
            "--by", default=_user(), metavar="NAME", help="who decides; whoever is signed in if not given"
        )
    for each in (adding, confirm, refuse):
        each.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="the last day on which it counts")
    for each in (adding, taking, confirm):
        each.add_argument("--even-so", action="store_true", help="although people search, chat or write there")
    return parser


def _hosts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("host", nargs="+", metavar="HOST", help="stands for itself and everything below it")


def _proposals(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
    return learned_hosts.proposals(arguments.settings.refusals_file, _live(arguments))


def _decide(*, confirm: bool) -> Act:
    def act(lists: KeptLists, arguments: argparse.Namespace, now: datetime) -> str:
        file = arguments.settings.refusals_file
        return learned_hosts.decide(file, _live(arguments), lists, arguments, now, confirm=confirm)

    return act


def _live(arguments: argparse.Namespace) -> LiveLists:
    settings = arguments.settings
    return LiveLists(settings.bypass, settings.console_hosts, Watchdog())


def _user() -> str:
    return os.environ.get("SUDO_USER") or getpass.getuser()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2027-07-31") from None
