"""``gatehouse proxy-account``: who may sign in at the explicit proxy, and who they are."""

import argparse
import secrets
import sys
from pathlib import Path

from detection.private_file import replace_privately
from proxy_addons.proxy_accounts import Account, hashed, read_accounts

HEAD = "# Written by gatehouse proxy-account: login, hash of a password made for this alone, person's reference.\n"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def main(argv: list[str]) -> int:
    chosen = _parser().parse_args(argv)
    try:
        return int(chosen.run(chosen.file, chosen))
    except (OSError, ValueError) as e:
        print(f"gatehouse proxy-account: {e}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse proxy-account", description="Sign-ins for the explicit proxy.")
    commands = parser.add_subparsers(required=True, metavar="add | remove | list")
    add = commands.add_parser("add", help="make a sign-in, or give it a new password, which is printed once")
    add.add_argument("login")
    add.add_argument("--person", default="", metavar="REF", help="the person's reference; without it nobody is named")
    add.set_defaults(run=_add)
    remove = commands.add_parser("remove", help="take a sign-in away")
    remove.add_argument("login")
    remove.set_defaults(run=_remove)
    show = commands.add_parser("list", help="logins and references, a line each")
    show.set_defaults(run=_list)
    for command in (add, remove, show):
        command.add_argument("--file", type=Path, required=True, metavar="FILE", help="proxy_accounts of the gateway")
    return parser


def _add(file: Path, chosen: argparse.Namespace) -> int:
    if not chosen.login or any(letter in chosen.login + chosen.person for letter in ":#\n\r"):
        raise ValueError("a login or a reference has no colon, no # and no line break")
    accounts = read_accounts(file) if file.exists() else {}
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    accounts[chosen.login] = Account(chosen.login, hashed(password), chosen.person)
    _write(file, accounts)
    print(f"{chosen.login} {password}")
    return 0


def _remove(file: Path, chosen: argparse.Namespace) -> int:
    accounts = read_accounts(file)
    if accounts.pop(chosen.login, None) is None:
        raise ValueError(f"there is no sign-in “{chosen.login}”")
    _write(file, accounts)
    return 0


def _list(file: Path, _: argparse.Namespace) -> int:
    for account in read_accounts(file).values():
        print(account.login, account.person)
    return 0


def _write(file: Path, accounts: dict[str, Account]) -> None:
    """In one step, and for whom the file or its folder belongs to: root writes it, the gateway reads it."""
    content = HEAD + "".join(f"{account.line()}\n" for account in accounts.values())
    replace_privately(file, content.encode(), for_owner_of=file if file.exists() else file.parent)
