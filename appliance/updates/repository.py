"""Publish releases, for us: four keys, the metadata they sign, and a folder any web server can give out."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import Key, Metadata, MetaFile, Root, Signed, Snapshot, TargetFile, Targets, Timestamp

from appliance.updates.offer import NAME, Offer
from detection.private_file import replace_privately, write_privately

LIVES = {
    "root": timedelta(days=365),
    "targets": timedelta(days=180),
    "snapshot": timedelta(days=30),
    "timestamp": timedelta(days=14),
}
"""The shortest is how long anybody could keep a box from hearing of a newer release, unnoticed."""


class Repository:
    def __init__(self, folder: Path, keys: Path) -> None:
        """``keys``: that of the root belongs into a safe, and is needed only for ``new`` and ``renew``."""
        self._metadata, self._targets, self._keys = folder / "metadata", folder / "targets", keys

    def new(self, now: datetime) -> Path:
        """Keys and first metadata. Gives the root that boxes are to be given."""
        if self._keys.exists() and any(self._keys.iterdir()):
            raise ValueError(f"{self._keys}: is not empty; keys are never written over")
        for made in (self._metadata, self._targets, self._keys):
            made.mkdir(parents=True, exist_ok=True)
        self._keys.chmod(0o700)
        root = Root(consistent_snapshot=True, expires=now + LIVES["root"])
        for role in LIVES:
            root.add_key(self._make_key(role), role)
        self._sign("root", root)
        self._sign("targets", Targets(expires=now + LIVES["targets"]))
        self._sign("snapshot", Snapshot(expires=now + LIVES["snapshot"]))
        self._sign("timestamp", Timestamp(expires=now + LIVES["timestamp"]))
        return self._metadata / "1.root.json"

    def publish(self, offer: Offer, archive: Path, now: datetime) -> None:
        """Make this the newest release."""
        targets = self._read("targets").signed
        for name, content in ((offer.archive, archive.read_bytes()), (NAME, offer.to_json())):
            digest = hashlib.sha256(content).hexdigest()
            _replace(self._targets / f"{digest}.{name}", content)
            targets.targets[name] = TargetFile.from_data(name, content, ["sha256"])
        self._again("targets", targets, now)
        self.refresh(now)

    def refresh(self, now: datetime) -> None:
        """Say that this is still the newest: to be run every few days, or boxes will hear of nothing any more."""
        snapshot = self._read("snapshot").signed
        snapshot.meta["targets.json"] = MetaFile(version=self._read("targets").signed.version)
        self._again("snapshot", snapshot, now)
        timestamp = self._read("timestamp").signed
        timestamp.snapshot_meta = MetaFile(version=snapshot.version)
        self._again("timestamp", timestamp, now)

    def renew(self, now: datetime, replaced: Collection[str] = ()) -> None:
        """The root for another year, with new keys for some roles. Boxes follow, since the one before signs it too."""
        root, signers = self._read("root").signed, [self._signer("root")]
        for role in replaced:
            for known in list(root.roles[role].keyids):
                root.revoke_key(known, role)
            file = self._keys / f"{role}.key"
            file.rename(file.with_suffix(f".before-{root.version + 1}"))
            root.add_key(self._make_key(role), role)
        if "root" in replaced:
            signers.append(self._signer("root"))
        root.version += 1
        root.expires = now + LIVES["root"]
        self._sign("root", root, signers)
        self._again("targets", self._read("targets").signed, now)
        self.refresh(now)

    def _again(self, role: str, signed: Any, now: datetime) -> None:
        signed.version += 1
        signed.expires = now + LIVES[role]
        self._sign(role, signed)

    def _sign(self, role: str, signed: Signed, signers: Sequence[CryptoSigner] = ()) -> None:
        signed.expires = signed.expires.replace(microsecond=0)
        document: Metadata[Any] = Metadata(signed)
        for signer in signers or (self._signer(role),):
            document.sign(signer, append=True)
        content = document.to_bytes()
        if role != "timestamp":
            _replace(self._metadata / f"{signed.version}.{role}.json", content)
        else:
            _replace(self._metadata / "timestamp.json", content)

    def _read(self, role: str) -> Metadata[Any]:
        if role == "timestamp":
            return Metadata.from_file(str(self._metadata / "timestamp.json"))
        versions: Mapping[int, Path] = {int(f.name.split(".")[0]): f for f in self._metadata.glob(f"*.{role}.json")}
        if not versions:
            raise ValueError(f"{self._metadata}: holds no {role}; make a repository with gatehouse publish new")
        return Metadata.from_file(str(versions[max(versions)]))

    def _make_key(self, role: str) -> Key:
        signer = CryptoSigner.generate_ed25519()
        file = self._keys / f"{role}.key"
        write_privately(file, signer.private_bytes)
        return signer.public_key

    def _signer(self, role: str) -> CryptoSigner:
        return CryptoSigner(load_pem_private_key((self._keys / f"{role}.key").read_bytes(), None))


def _replace(file: Path, content: bytes) -> None:
    replace_privately(file, content, mode=0o644)  # for whoever runs the web server, too
