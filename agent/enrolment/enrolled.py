"""What a device has once it is enrolled: a folder that is there as a whole or not at all."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from detection.client import ClientSettings
from detection.json_object import WireError, read_object
from detection.private_file import replace_privately
from detection.settings import SettingsError

FOLDER = "enrolment"
KEY, CERTIFICATE, DEVICE = "device.key", "device.crt", "device.json"
TRUSTED, PUBLIC_KEY, LIBRARY_KEY = "trusted.pem", "appliance.pub", "library.pub"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    folder: Path
    appliance_url: str
    device: str
    organisation: str
    certified_since: datetime
    certified_until: datetime

    @property
    def key(self) -> Path:
        return self.folder / KEY

    @property
    def certificate(self) -> Path:
        return self.folder / CERTIFICATE

    @property
    def public_key(self) -> Path:
        """What detections are sealed to."""
        return self.folder / PUBLIC_KEY

    @property
    def library_key(self) -> Path | None:
        """What libraries are checked with; None where the appliance signs none."""
        return _there(self.folder / LIBRARY_KEY)

    @property
    def trusted(self) -> Path | None:
        """Who signs the appliance's certificate; None for the system's own list."""
        return _there(self.folder / TRUSTED)

    @property
    def client(self) -> ClientSettings:
        return ClientSettings(
            appliance_url=self.appliance_url,
            ca_file=self.trusted,
            client_certificate=self.certificate,
            client_key=self.key,
        )

    def is_due(self, now: datetime) -> bool:
        """Whether no more than a third of the certificate's life is left."""
        return self.certified_until - now <= (self.certified_until - self.certified_since) / 3


def is_enrolled(state: Path) -> bool:
    return (state / FOLDER).exists()


def read(state: Path) -> Enrolled:
    """SettingsError, which says what to do, where the device is not enrolled, or not as it should be."""
    folder = state / FOLDER
    try:
        row = read_object((folder / DEVICE).read_bytes())
        return Enrolled(
            folder=folder,
            appliance_url=row.text("appliance_url"),
            device=row.text("device"),
            organisation=row.text("organisation"),
            certified_since=row.time("certified_since"),
            certified_until=row.time("certified_until"),
        )
    except FileNotFoundError as e:
        raise SettingsError(f"{state}: this device is not enrolled: gatehouse-agent enrol --help says how") from e
    except OSError as e:
        raise SettingsError(f"{folder}: cannot be read: {e.strerror}") from e
    except WireError as e:
        raise SettingsError(f"{folder / DEVICE}: {e}; remove {folder} and enrol the device anew") from e


def prove(state: Path) -> None:
    """OSError where ``write`` could not write there."""
    _draft(state).rmdir()


def write(state: Path, content: Mapping[str, bytes], *, again: bool = False) -> None:
    """All of it in one step; whoever owns ``state`` owns it. FileExistsError where the device is enrolled already.
    ``again``: takes the place of what is there, file by file, so that at no time the device has no key."""
    draft = _draft(state)
    owner = state.stat()
    for name, each in content.items():
        replace_privately(draft / name, each)
    if os.name == "posix" and os.geteuid() == 0:
        for path in (draft, *draft.iterdir()):
            os.chown(path, owner.st_uid, owner.st_gid)
    if again and (state / FOLDER).exists():
        _take_the_place(draft, state / FOLDER)
    elif (state / FOLDER).exists():
        shutil.rmtree(draft)
        raise FileExistsError(state / FOLDER)
    else:
        draft.rename(state / FOLDER)


def _take_the_place(draft: Path, folder: Path) -> None:
    """What says which device it is comes last: until then it is worth another try."""
    new = sorted((file.name for file in draft.iterdir()), key=lambda name: name == DEVICE)
    for name in new:
        (draft / name).replace(folder / name)
    for file in folder.iterdir():
        if file.name not in new:
            file.unlink()
    draft.rmdir()


def _draft(state: Path) -> Path:
    draft = state / f"{FOLDER}.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    return draft


def device_row(appliance_url: str, device: str, organisation: str, life: tuple[str, str]) -> bytes:
    since, until = life
    return json.dumps({
        "appliance_url": appliance_url,
        "device": device,
        "organisation": organisation,
        "certified_since": since,
        "certified_until": until,
    }).encode()  # fmt: skip


def _there(file: Path) -> Path | None:
    return file if file.exists() else None
