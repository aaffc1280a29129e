"""``gatehouse authority``: make the gateway's authority, keep its root's key safe, and renew what it signs with."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from detection import settings as settings_files
from detection.complaint import complain
from proxy_addons.certificates import authority, requested, root_key
from proxy_addons.certificates.constraints import excluded_by, excluded_domains
from proxy_addons.certificates.folder import Folder
from proxy_addons.certificates.issuing import Issuer, certify
from proxy_addons.certificates.passphrase import passphrase
from proxy_addons.certificates.root_key import Place
from proxy_addons.certificates.standing import RENEWAL, Standing, fingerprint, standing
from proxy_addons.gateway_settings import GatewaySettings


def main(argv: list[str], now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int:
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments, now()) or 0)
    except (EOFError, KeyboardInterrupt):
        return complain("gatehouse authority", "nothing was changed")
    except (OSError, ValueError) as e:
        return complain("gatehouse authority", e)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse authority", description="The gateway's certificate authority.")
    acts = parser.add_subparsers(required=True, metavar="ACT")

    def act(name: str, run: Callable[[argparse.Namespace, datetime], int | None], what: str) -> argparse.ArgumentParser:
        made = acts.add_parser(name, help=what, description=what)
        made.set_defaults(run=run)
        if name != "sign":
            made.add_argument("--config", type=Path, required=True, metavar="FILE", help="the gateway's settings")
        if name in ("seal", "take-off", "intermediate", "sign"):
            made.add_argument("--passphrase-file", type=Path, metavar="FILE", help="else it is asked for")
        return made

    act("new", _new, "make a root and its first intermediate")
    act("show", _show, "say who signs, until when, and where the root's key is")
    act("seal", _seal, "encrypt the root's key; the gateway can then no longer renew by itself")
    act("take-off", _take_off, "move the root's key, encrypted, to removable media").add_argument(
        "--to", type=Path, required=True, metavar="FILE"
    )
    act("intermediate", _intermediate, "make the next intermediate; running workers take it up").add_argument(
        "--root-key", type=Path, metavar="FILE", help="where it was taken off; it is read and not kept"
    )
    act("request", _request, "ask a root kept elsewhere for the next intermediate").add_argument(
        "--out", type=Path, required=True, metavar="FILE"
    )
    sign = act("sign", _sign, "sign such a request, where the root is kept")
    sign.add_argument("request", type=Path, metavar="REQUEST")
    for option in ("--root", "--root-key", "--out"):
        sign.add_argument(option, type=Path, required=True, metavar="FILE")
    install = act("install", _install, "take up what was signed")
    install.add_argument("certificate", type=Path, metavar="FILE")
    install.add_argument("--root", type=Path, metavar="FILE", help="the first time: what devices trust")
    install.add_argument("--other-root", action="store_true", help="in place of the one that is here")
    return parser


class _Here:
    """The authority that the gateway's settings name."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        settings = settings_files.load(arguments.config, GatewaySettings)
        self.school = settings.school
        self.folder = Folder(settings.state / "authority")
        self.excluded = excluded_domains(settings.bypass)

    def standing(self) -> Standing:
        found = standing(self.folder, self.excluded)
        if found is None:
            raise ValueError(f"{self.folder.path}: there is no authority yet; make one with gatehouse authority new")
        return found


def _new(arguments: argparse.Namespace, now: datetime) -> None:
    here = _Here(arguments)
    if here.folder.root.exists():
        raise ValueError(f"{here.folder.root}: is there already; with another one, every device had to be set up anew")
    here.folder.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = authority.authority(here.folder.path, here.school, now, here.excluded)
    print(f"{made.root}: for devices to trust, SHA-256 {made.standing.fingerprint}")
    print("Its key lies on this machine in the open: gatehouse authority seal, or take-off, puts that right.")


def _show(arguments: argparse.Namespace, now: datetime) -> int:
    found = _Here(arguments).standing()
    print(
        f"root:         SHA-256 {found.fingerprint}, until {found.root_expires:%Y-%m-%d}, its key is {found.root_key}"
    )
    print(f"signs:        {found.name}, until {found.expires:%Y-%m-%d}")
    print(f"cannot sign:  for {found.excluded} domains and all below them")
    if not found.due(now):
        return 0
    why = "lists now exclude other hosts" if found.outdated else f"it has less than {RENEWAL.days} days left"
    how = "a running gateway makes it" if found.root_key == Place.HERE else "gatehouse authority intermediate makes it"
    print(f"the next intermediate is due: {why}; {how}", file=sys.stderr)
    return 1


def _seal(arguments: argparse.Namespace, now: datetime) -> None:
    folder = _Here(arguments).folder
    if not folder.root_key.exists():
        raise ValueError(f"{folder.root_key}: is not there; the root’s key is {root_key.place(folder)}")
    secret = passphrase(arguments.passphrase_file, twice=True)
    with folder.lock():
        root_key.seal(folder, secret)
    print(f"{folder.sealed_key}: is all that is left of the root’s key. Nobody can open it without the passphrase.")


def _take_off(arguments: argparse.Namespace, now: datetime) -> None:
    folder = _Here(arguments).folder
    place = root_key.place(folder)
    if place == Place.AWAY:
        raise ValueError(f"{folder.path}: the root’s key is not here any more")
    secret = passphrase(arguments.passphrase_file, twice=True) if place == Place.HERE else None
    with folder.lock():
        root_key.take_off(folder, arguments.to, secret)
    print(f"{arguments.to}: holds the root’s key, sealed; this machine no longer does.")


def _intermediate(arguments: argparse.Namespace, now: datetime) -> None:
    here = _Here(arguments)
    folder, root = here.folder, authority.root(here.folder)
    given = arguments.root_key or (folder.root_key if folder.root_key.exists() else folder.sealed_key)
    if not given.exists():
        raise ValueError(f"{given}: is not there; the root’s key was taken off: give it with --root-key")
    by = _opened(given, root, arguments)
    with folder.lock():
        authority.issue(folder, by, here.school, now, here.excluded)
    print(f"{here.standing().name}: signs until {here.standing().expires:%Y-%m-%d}; workers take it up within seconds")


def _request(arguments: argparse.Namespace, now: datetime) -> None:
    here = _Here(arguments)
    here.folder.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arguments.out.write_bytes(requested.ask(here.folder, here.school, now, here.excluded))
    print(f"{arguments.out}: to be signed where the root is kept, with its {len(here.excluded)} exclusions")


def _sign(arguments: argparse.Namespace, now: datetime) -> None:
    try:
        asked = x509.load_pem_x509_csr(arguments.request.read_bytes())
    except ValueError as e:
        raise ValueError(f"{arguments.request}: is not a request for a certificate") from e
    made = certify(_opened(arguments.root_key, requested.read(arguments.root), arguments), asked, now)
    arguments.out.write_bytes(made.public_bytes(Encoding.PEM))
    print(
        f"{arguments.out}: {made.subject.rfc4514_string()}, until {made.not_valid_after_utc:%Y-%m-%d}, "
        f"cannot sign for {len(excluded_by(made))} domains"
    )


def _install(arguments: argparse.Namespace, now: datetime) -> None:
    here = _Here(arguments)
    requested.answer(
        here.folder, arguments.certificate, arguments.root, now, here.excluded, other_root=arguments.other_root
    )
    print(f"{here.standing().name}: signs until {here.standing().expires:%Y-%m-%d}; root SHA-256 ", end="")
    print(fingerprint(authority.root(here.folder)))


def _opened(file: Path, root: x509.Certificate, arguments: argparse.Namespace) -> Issuer:
    is_sealed = b"ENCRYPTED" in file.read_bytes()
    return root_key.load(file, root, passphrase(arguments.passphrase_file, twice=False) if is_sealed else None)
