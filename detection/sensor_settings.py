"""What every sensor's settings file says about where it reports to and what it keeps."""

from dataclasses import dataclass
from pathlib import Path

from detection.ages import YOUNGEST
from detection.client import ClientSettings
from detection.observation import AgeBand

_MORE_THAN_NOTHING = (
    "outbox_megabytes", "library_seconds", "illegal_seconds", "bindings_seconds", "later_seconds", "earlier_minutes",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorSettings:
    appliance_url: str
    """``https://…``; plain HTTP for loopback only."""
    public_key: Path
    """The appliance's: what is sealed to it only the appliance can open."""
    outbox: Path
    token_file: Path | None = None
    """Says who speaks; a device has a certificate instead."""
    client_certificate: Path | None = None
    client_key: Path | None = None
    bindings_cache: Path | None = None
    """The appliance's last answer to who is where; without it, it is not asked."""
    ca_file: Path | None = None
    """Who signs the appliance's certificate; the system's own list if not set."""
    library: Path | None = None
    """A phrase library; the shipped one if not set."""
    library_key: Path | None = None
    """The public half of what the appliance signs libraries with; without it none is taken from the appliance."""
    library_cache: Path | None = None
    """The last library the appliance released; "library.bundle" beside bindings_cache if not set."""
    library_seconds: float = 60.0
    """How often the appliance is asked for a newer library."""
    illegal_lists: tuple[Path, ...] = ()
    """Signed lists of illegal addresses and files; what they name is reported whatever else is set."""
    illegal_key: Path | None = None
    """The public half of what those lists are signed with."""
    illegal_seconds: float = 60.0
    """How often their files are looked at for a newer edition."""
    canary_key: Path | None = None
    """What the tokens of the canary's phrase are made with; without it no text is taken for a test."""
    second_opinion: bool = True
    """Whether what people write is read by the model too; without it the phrases alone decide."""
    youngest_band: str = str(YOUNGEST)
    """The age band of whoever's is unknown: that of the school's youngest."""
    school_names: tuple[str, ...] = ()
    """What the school is called: told to a stranger, it says where a pupil can be found."""
    outbox_megabytes: int = 4096
    """The outbox never takes more of the disk than this."""
    free_megabytes: int = 512
    """Recordings are kept only while so much of the disk is free; detections as long as it takes any."""
    bindings_seconds: float = 60.0
    """How often the appliance is asked who is where."""
    later_seconds: float = 8.0
    """How long after a flagged page its pictures and styles are collected."""
    earlier_minutes: float = 10.0
    """How far back what came before a detection is remembered, in memory."""

    def __post_init__(self) -> None:
        _ = self.client
        if self.token_file is None and self.client_key is None:
            raise ValueError("token_file: either a token or a client_certificate must say who speaks")
        if self.youngest_band not in (bands := [str(band) for band in AgeBand if band is not AgeBand.UNKNOWN]):
            raise ValueError(f"youngest_band: known are {', '.join(bands)}")
        if self.illegal_lists and self.illegal_key is None:
            raise ValueError("illegal_key: is required with illegal_lists")
        if self.free_megabytes < 0:
            raise ValueError("free_megabytes: must not be negative")
        for name in _MORE_THAN_NOTHING:
            if not getattr(self, name) > 0:
                raise ValueError(f"{name}: must be more than nothing")

    @property
    def client(self) -> ClientSettings:
        return ClientSettings(
            appliance_url=self.appliance_url,
            token_file=self.token_file,
            ca_file=self.ca_file,
            client_certificate=self.client_certificate,
            client_key=self.client_key,
        )

    @property
    def secret_file(self) -> Path:
        """What nobody but this sensor has."""
        found = self.token_file or self.client_key
        assert found is not None  # noqa: S101 - one of the two is there
        return found

    @property
    def library_bundle(self) -> Path:
        return self.library_cache or (self.bindings_cache or self.outbox).with_name("library.bundle")
