"""A small appliance for agents, over real TLS 1.3: enrols, renews, hears, and keeps what it is sent."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from detection.json_object import read_object
from detection.sealing import Opener, new_key
from detection.wire import Report, parse
from tests.agent.policies import PLAIN
from tests.detection.authority import Authority
from tests.detection.scripted_appliance import Asked, Scripted, ScriptedAppliance, scripted_appliance

CODE = "abcd-efgh"
PUPIL = {"person": "p0701", "role": "pupil", "age_band": "11-16", "group": "Year 7"}


@dataclass
class AgentsAppliance:
    folder: Path
    authority: Authority = field(default_factory=Authority)
    used: bool = False
    accounts: dict[str, Any] = field(default_factory=lambda: {"pupil": PUPIL})
    on_site: bool = True
    policy: dict[str, Any] = field(default_factory=lambda: dict(PLAIN))
    renew: bool = False
    revoked: bool = False
    """From now on nobody is let in."""
    takes: bool = True
    """Detections; else 503."""
    lasts: timedelta = timedelta(days=365)
    library: bytes = b""
    library_key: bytes = b""
    heard: list[dict[str, Any]] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    envelopes: list[dict[str, Any]] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    """As they came, sealed."""
    serials: list[str] = field(default_factory=list)
    http: ScriptedAppliance = field(default_factory=lambda: ScriptedAppliance("", 0))

    @property
    def url(self) -> str:
        return self.http.url

    @property
    def opener(self) -> Opener:
        return Opener((self.folder / "private").read_bytes())

    def answer(self, asked: Asked) -> Scripted:
        self.serials.append(asked.certificate)
        path = asked.path
        if path == "/agent/authority":
            return Scripted(200, self.authority.pem)
        if path == "/agent/enrol":
            return self._enrol(asked)
        if self.revoked or not asked.certificate:
            return Scripted(401)
        if path == "/agent/certificate":
            made = self.authority.sign(asked.json["csr"], "laptop-7", lasts=self.lasts).decode()
            return _said(201, {"certificate": made})
        if path == "/agent/heartbeat":
            return self._hear(asked)
        if path == "/agent/policy":
            return _said(200, self.policy, {"ETag": f'"{self.policy["version"]}"'})
        if path == "/library":
            return Scripted(200, self.library, {"ETag": '"1"'}) if self.library else Scripted(404)
        if path == "/detections" and self.takes:
            return self._take(asked)
        if asked.method == "PUT" and self.takes:
            self.blobs[path.removeprefix("/evidence/")] = asked.body
            return Scripted(201)
        return Scripted(503 if not self.takes else 404)

    def evidence(self, report: Report) -> dict[str, bytes]:
        """Each body of a report's evidence by its SHA-256, as far as it has come."""
        assert report.evidence
        return {
            sha256: self.opener.blob(name, self.blobs[name])
            for name, sha256 in report.evidence.blobs.items()
            if name in self.blobs
        }

    def _enrol(self, asked: Asked) -> Scripted:
        if asked.json["code"] != CODE or self.used:
            return _said(403, {"answer": "unknown"})
        self.used = True
        return _said(
            201,
            {
                "device": "laptop-7",
                "organisation": "hill-school",
                "certificate": self.authority.sign(asked.json["csr"], "laptop-7", lasts=self.lasts).decode(),
                "authority": self.authority.pem.decode(),
                "public_key": base64.b64encode((self.folder / "public").read_bytes()).decode(),
                "library_key": base64.b64encode(self.library_key).decode(),
            },
        )

    def _hear(self, asked: Asked) -> Scripted:
        said = read_object(asked.body)
        self.heard.append(asked.json | {"size": len(asked.body)})
        accounts = {row.text("account") for row in said.parts("sign_ins")}
        return _said(
            200,
            {
                "now": datetime.now(UTC).isoformat(),
                "on_site": self.on_site,
                "policy": self.policy["version"],
                "accounts": {account: self.accounts.get(account) for account in accounts},
                "renew": self.renew,
            },
        )

    def _take(self, asked: Asked) -> Scripted:
        envelope = asked.json
        report = parse(self.opener.open(base64.b64decode(envelope["sealed"])))
        self.envelopes.append(envelope)
        known = envelope["id"] in {each.detection.observation.id for each in self.reports}
        self.reports.append(report)
        return Scripted(200 if known else 201)


def made_appliance(folder: Path, **changes: Any) -> AgentsAppliance:
    """With a key pair that detections are sealed to; nobody reaches it yet."""
    folder.mkdir(exist_ok=True)
    if not (folder / "private").exists():
        new_key(folder / "private", folder / "public")
    return AgentsAppliance(folder, **changes)


@contextmanager
def agents_appliance(folder: Path, **changes: Any) -> Iterator[AgentsAppliance]:
    """On loopback."""
    with listening(made_appliance(folder, **changes)) as made:
        yield made


@contextmanager
def listening(made: AgentsAppliance, port: int = 0) -> Iterator[AgentsAppliance]:
    """It can go away and come back, at the same port."""
    trusted = made.authority.write(made.folder / "authority.pem")
    with scripted_appliance(made.authority.pair(made.folder / "server.pem"), authority=trusted, port=port) as http:
        made.http, http.answer = http, made.answer
        yield made


def _said(status: int, answer: object, headers: dict[str, str] | None = None) -> Scripted:
    return Scripted(status, json.dumps(answer).encode(), headers or {})
