"""All that makes a Debian machine a box, in order: each step finds what it needs made by those before it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from appliance.provisioning import (
    accounts,
    backup_units,
    keepalived,
    packages,
    service,
    update_units,
)
from appliance.provisioning import settings_files as settings
from appliance.provisioning.accounts import APPLIANCE, GATEWAY, Account
from appliance.provisioning.box import FILE as BOX_FILE
from appliance.provisioning.box import Box
from appliance.provisioning.box_files import box_files
from appliance.provisioning.box_services import CURRENT, services
from appliance.provisioning.enrolment_file import ROOT
from appliance.provisioning.first_box import FirstBox
from appliance.provisioning.folders import Folder
from appliance.provisioning.gateway_file import ROOT_CERTIFICATE
from appliance.provisioning.joined import Joined
from appliance.provisioning.ledger import Key
from appliance.provisioning.link import Link
from appliance.provisioning.made import Made, Secret
from appliance.provisioning.network_states import NetworkState
from appliance.provisioning.packages import Packages
from appliance.provisioning.plan import Step
from appliance.provisioning.release import Release
from appliance.provisioning.rows import FirstAccount, School, SensorToken
from appliance.provisioning.text_file import CopiedFile, TextFile

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
        *box_files(box, wanted.states),
        *(_second(box, box.appliance, wanted) if box.appliance else _with_an_appliance(box, wanted)),
    ]


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
