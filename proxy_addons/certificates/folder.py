"""Where the authority's files lie. Each is replaced in one step, and the folder goes into no backup."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from mitmproxy.certs import DEFAULT_DHPARAM

from detection import never_backed_up
from detection.private_file import replace_privately

MITMPROXY = "mitmproxy-ca.pem"
"""The name mitmproxy looks for in its confdir: key, intermediate, root."""


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path

    @property
    def root(self) -> Path:
        """The certificate that browsers are told to trust."""
        return self.path / "gatehouse-root.pem"

    @property
    def root_key(self) -> Path:
        return self.path / "root-key.pem"

    @property
    def sealed_key(self) -> Path:
        return self.path / "root-key.sealed.pem"

    @property
    def waiting_key(self) -> Path:
        """Of an intermediate that was asked for elsewhere and has not come."""
        return self.path / "requested-key.pem"

    def make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if (self.path.stat().st_mode & 0o777) != 0o700:
            self.path.chmod(0o700)
        if not never_backed_up.is_marked(self.path):
            never_backed_up.mark(self.path)
        self._give(self.path)
        self._give(self.path / never_backed_up.TAG)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Workers, and a command, keep out of each other's way."""
        with (self.path / ".lock").open("w") as file:
            self._give(self.path / ".lock")
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def current(self) -> Path | None:
        """mitmproxy's confdir with the intermediate in use. Each has a folder of its own: what signs stays unmixed."""
        link = self.path / "current"
        return link.resolve() if (link / MITMPROXY).exists() else None

    def intermediate(self) -> x509.Certificate | None:
        if not (folder := self.current()):
            return None
        return x509.load_pem_x509_certificates((folder / MITMPROXY).read_bytes())[0]

    def put(self, certificate: x509.Certificate, content: bytes) -> None:
        """Take up an intermediate; ``content`` is what mitmproxy reads."""
        name = f"{certificate.not_valid_before_utc:%Y-%m-%d}-{certificate.serial_number:040x}"[:27]
        folder, link = self.path / name, self.path / ".current"
        folder.mkdir(mode=0o700, exist_ok=True)
        self._give(folder)
        self.replace(folder / "mitmproxy-dhparam.pem", DEFAULT_DHPARAM, 0o600)
        self.replace(folder / MITMPROXY, content, 0o600)
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        self._give(link)
        link.replace(self.path / "current")

    def forget(self, seconds: float, now: float) -> None:
        """Keys of earlier intermediates, once every worker has had ``seconds`` to take up the one in use."""
        kept = self.current()
        if not kept or now - (kept / MITMPROXY).stat().st_mtime < seconds:
            return
        for file in self.path.glob(f"*/{MITMPROXY}"):
            if not file.parent.is_symlink() and file.parent.resolve() != kept:
                shutil.rmtree(file.parent)

    def replace(self, file: Path, content: bytes, mode: int) -> None:
        replace_privately(file, content, mode=mode, for_owner_of=self.path.parent)

    def _give(self, path: Path) -> None:
        """What root makes by command must be readable by the gateway's own user, whose folder this is in."""
        if os.geteuid() == 0:
            owner = self.path.parent.stat()
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
