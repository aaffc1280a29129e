"""All that makes a Debian machine a box, in order: each step finds what it needs made by those before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from appliance.provisioning import (
    accounts,
    backup_units,
    dedicated,
    encrypted_resolvers,
    folders,
    keepalived,
    link,
    made,
    networkd,
    packages,
    release,
    rows,
    service,
    text_file,
    update_units,
)
from appliance.provisioning import settings_files as settings
from appliance.provisioning import system_files as system
from appliance.provisioning.accounts import APPLIANCE, GATEWAY, Account
from appliance.provisioning.box import FILE as BOX_FILE
from appliance.provisioning.box import Box
from appliance.provisioning.box_services import CURRENT, services
from appliance.provisioning.dnsmasq import dnsmasq
from appliance.provisioning.enrolment_file import ROOT, enrolment
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.folders import Folder
from appliance.provisioning.gateway_file import FOLLOWED, ROOT_CERTIFICATE, gateway
from appliance.provisioning.joined import Joined
from appliance.provisioning.ledger import Key, Ledger
from appliance.provisioning.link import Link
from appliance.provisioning.made import Made, Secret
from appliance.provisioning.network_states import NetworkState
from appliance.provisioning.nftables import ruleset
from appliance.provisioning.packages import Packages
from appliance.provisioning.plan import Step, Undo
from appliance.provisioning.release import Release
from appliance.provisioning.rows import FirstAccount, School, SensorToken
from appliance.provisioning.system_units import FIREWALL, NAMES
from appliance.provisioning.text_file import CopiedFile, TextFile
from appliance.provisioning.units import FOLDER, units
from appliance.provisioning.update_source import update_file
from detection.unopened.layers import Layers, load_layers

UNDO: dict[str, Undo] = {
    accounts.KIND: accounts.undo,
    folders.KIND: folders.undo,
    link.KIND: link.undo,
    made.KIND: made.undo,
    packages.KIND: packages.undo,
    release.KIND: release.undo,
    rows.KIND: rows.undo,
    service.SERVICE: service.undo_service,
    service.APPLIED: service.undo_applied,
    text_file.KIND: text_file.undo,
}
ETC = settings.ETC


def program(wheels: Path | None, version: str, more: tuple[str, ...] = ()) -> list[Step]:
    """The program alone, as an image holds it before its first start."""
    installed = Release(version, wheels=wheels)
    return [
        Packages((*packages.NEEDED, *more)),
        *(Account(name) for name in accounts.ALL),
        installed,
        Link(CURRENT, installed.folder),
        Link("/usr/local/bin/gatehouse", f"{CURRENT}/scripts/gatehouse"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What besides the box's own description decides what is done."""

    version: str
    wheels: Path | None = None
    watched: bool = True
    """Whether somebody sees the first account's password said: a first start, and an update, write into the journal."""
    box_file: str = ""
    """The text of the box.toml that is put in its place, where nobody else has."""
    states: tuple[NetworkState, ...] = ()
    """Which networks are read."""
    code: Callable[[], str] = str
    """What a second gateway joins the first box with; asked for when it is needed."""
    joins_again: bool = False


def whole(box: Box, wanted: Wanted) -> list[Step]:
    more = (keepalived.PACKAGE,) if keepalived.is_shared(box) else ()
    return [
        *program(wanted.wheels, wanted.version, more),
        *_data(box, wanted),
        *_files(box, wanted.states),
        *(_second(box, box.appliance, wanted) if box.appliance else _with_an_appliance(box, wanted)),
    ]


def without_data(ledger: Ledger) -> list[Key]:
    """What ``--keep-data`` takes away: all but records, the keys that open them, and the users whose they are."""
    kept = [key for key in ledger.made() if _is_data(key, ledger)]
    return [key for key in ledger.made() if key not in kept and not _holds(key, kept)]


def _is_data(key: Key, ledger: Ledger) -> bool:
    return key.kind in (accounts.KIND, made.KIND, rows.KIND) or bool(ledger.facts(key).get("data"))


def _holds(key: Key, kept: Iterable[Key]) -> bool:
    return key.kind == folders.KIND and any(each.name.startswith(f"{key.name}/") for each in kept)


def _data(box: Box, wanted: Wanted) -> list[Step]:
    own = [Folder(path=settings.FOLLOW_STATE, mode=0o700, data=True)] if box.appliance else _records()
    return [
        Folder(path=ETC),
        *([TextFile(path=str(BOX_FILE), text=wanted.box_file)] if wanted.box_file else []),
        Folder(path=settings.BYPASS, data=True),
        Folder(path="/var/lib/gatehouse", data=True),
        # The appliance reads the gateway's counts; the gateway reads nothing of the appliance's.
        Folder(path=settings.GATEWAY_STATE, owner=GATEWAY, group=APPLIANCE, mode=0o2710, data=True),
        *own,
        # No data: with keys and records kept, a removed program's downloads are of no use to anybody.
        Folder(path=update_units.STATE, mode=0o700),
    ]


def _records() -> list[Folder]:
    return [
        Folder(path=settings.STATE, owner=APPLIANCE, group=APPLIANCE, mode=0o700, data=True),
        Folder(path=backup_units.KEYS, data=True),
        Folder(path=backup_units.BACKUPS, owner=APPLIANCE, group=APPLIANCE, mode=0o700, data=True),
        Folder(path=settings.VAULT, owner=APPLIANCE, group=APPLIANCE, mode=0o700, data=True),
    ]


def _files(box: Box, states: tuple[NetworkState, ...]) -> list[Step]:
    ours = {
        **({"follow": settings.follow(box.appliance)} if box.appliance else _of_the_appliance(box)),
        **({"update": update_file(box.update)} if box.update else {}),
        **({"enrolment": enrolment(box)} if box.notice_url else {}),
    }
    return [
        # No secret is in them, only where one is; a backup holds them all.
        TextFile(path=f"{ETC}/gateway.toml", text=gateway(box, states), followed=FOLLOWED),
        *(TextFile(path=f"{ETC}/{name}.toml", text=text) for name, text in ours.items()),
        *(TextFile(path=path, text=text) for path, text in networkd.files(box).items()),
        *(TextFile(path=path, text=text) for path, text in system.files(box).items()),
        TextFile(path=FIREWALL, text=ruleset(box, dedicated.all_ranges(), encrypted_resolvers.all_addresses())),
        *(TextFile(path=path, text=text) for path, text in keepalived.files(box).items()),
        TextFile(path=NAMES, text=dnsmasq(box, _left_closed())),
        *(TextFile(path=f"{FOLDER}/{name}", text=text) for name, text in units(box).items()),
    ]


def _of_the_appliance(box: Box) -> dict[str, str]:
    return {
        "appliance": settings.appliance(box),
        "worker": settings.worker(box),
        "console": settings.console(box),
        **({"agents": settings.agents(box)} if box.meets_others else {}),
    }


def _left_closed() -> Layers:
    """By the lists that are on this machine already."""
    place = Path(settings.BYPASS)
    return load_layers(place if place.is_dir() else None)


def _keys() -> list[Step]:
    pair = (f"{settings.KEYS}/library.key", f"{settings.KEYS}/library.pub")
    sealing = (f"{settings.KEYS}/appliance.key", f"{settings.KEYS}/appliance.pub")
    return [
        Made(files=(*sealing, *pair), command=("keys", "new", settings.KEYS), user=APPLIANCE),
        CopiedFile(path=settings.PUBLIC_KEY, source=sealing[1]),
        CopiedFile(path=settings.LIBRARY_KEY, source=pair[1]),
        Made(files=(f"{settings.STATE}/canary.key",), command=("canary", "new", f"{settings.STATE}/canary.key"),
             user=APPLIANCE),
        CopiedFile(path=settings.CANARY_KEY, source=f"{settings.STATE}/canary.key",
                   owner=GATEWAY, group=GATEWAY, mode=0o600),
        Secret(file=settings.CONSOLE_SECRET, user=APPLIANCE),
    ]  # fmt: skip


def _authority() -> list[Step]:
    return [
        Made(
            files=(ROOT_CERTIFICATE,),
            command=("authority", "new", "--config", f"{ETC}/gateway.toml"),
            user=GATEWAY,
        ),
        CopiedFile(path=ROOT, source=ROOT_CERTIFICATE),
    ]


def _with_an_appliance(box: Box, wanted: Wanted) -> list[Step]:
    return [*_keys(), *_authority(), *_rows(box, wanted.watched), *services(box)]


def _second(box: Box, first: FirstBox, wanted: Wanted) -> list[Step]:
    """It joins when its cards have their addresses, behind its firewall: that is its way to the first."""
    steps = services(box)
    at = [step.key for step in steps].index(Key(service.SERVICE, "gatehouse-gateway.service"))
    joined = Joined(first.address.rstrip("/"), wanted.code, wanted.joins_again)
    return [*steps[:at], joined, *_authority(), *steps[at:]]


def _rows(box: Box, watched: bool) -> list[Step]:
    slug = settings.school_of(box)
    account = FirstAccount(box.lead, box.lead_name, slug, watched)
    return [School(box.school, slug), SensorToken(slug, settings.TOKEN), account]
