"""What a publisher offers as the newest release: a small signed file that names the archive."""

import json
import re
from dataclasses import asdict, dataclass

NAME = "release.json"
"""Of the target that always stands for the newest."""
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    version: str
    archive: str
    notes: str = ""
    """For the network manager, in a few sentences."""

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.version):
            raise ValueError("version: letters, digits, dots, hyphens and plus signs, at most 64")
        if self.archive != f"gatehouse-{self.version}.tar.gz":
            raise ValueError("archive: must be named after the version")

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def of_json(cls, content: bytes) -> "Offer":
        try:
            return cls(**{key: str(value) for key, value in json.loads(content).items()})
        except (ValueError, TypeError, AttributeError) as e:
            raise ValueError(f"what is offered cannot be understood: {e}") from e


def of_version(version: str, notes: str = "") -> Offer:
    return Offer(version=version, archive=f"gatehouse-{version}.tar.gz", notes=notes)
