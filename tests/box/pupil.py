"""A pupil with curl."""

import json
from dataclasses import dataclass
from pathlib import Path

from tests.box.place import Place

WRITTEN = "%{stderr}%{json}"


@dataclass(frozen=True)
class Fetched:
    body: str
    status: int
    """0 if there was no answer."""
    exit: int
    """curl's: 0 fine, 7 refused, 28 timed out, 35 TLS handshake failed, 52 empty answer, 60 not trusted."""
    seconds: float
    version: str
    """Of HTTP."""
    said: str
    """curl's own words, if it failed."""


def curl(
    place: Place,
    url: str,
    *trusted: Path,
    address: str | None = None,
    seconds: float = 20,
    more: tuple[str, ...] = (),
) -> Fetched:
    """Fetch from the device with this address. Without ``trusted``, curl trusts what the system trusts."""
    command = ["curl", "-sS", "--noproxy", "*", "--max-time", seconds, "--write-out", WRITTEN]
    if trusted:
        both = place.log.with_name(f"trusted-{place.name}.pem")
        both.write_bytes(b"".join(file.read_bytes() for file in trusted))
        command += ["--cacert", both]
    if address:
        command += ["--interface", address, "-6" if ":" in address else "-4"]
    done = place.run(*command, *more, url, check=False)
    said, _, told = done.stderr.rpartition('{"')
    facts = json.loads('{"' + told)
    return Fetched(
        body=done.stdout,
        status=facts["http_code"],
        exit=done.returncode,
        seconds=facts["time_total"],
        version=facts["http_version"],
        said=said.strip(),
    )


@dataclass(frozen=True)
class Pupil:
    """One of a network that a gateway may read."""

    place: Place
    root: Path
    """Of the gateway's certificates."""
    ca: Path
    """Of the internet's."""

    def write(self, word: str) -> Fetched:
        """The word stands first: searches that begin alike within seconds are one that is still typed."""
        return curl(self.place, f"https://search.test/?q={word}+i+want+to+hurt+myself", self.root, self.ca, seconds=10)

    def is_read(self) -> bool:
        """The gateway's certificate is met, which the origin's authority did not sign."""
        return curl(self.place, "https://web.test/", self.root, seconds=5).exit == 0

    def is_unread(self) -> bool:
        return curl(self.place, "https://web.test/", self.ca, seconds=5).exit == 0
