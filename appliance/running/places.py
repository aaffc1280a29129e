"""Where everything of one machine's Gatehouse lies below its data folder."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL


@dataclass(frozen=True, slots=True)
class Places:
    folder: Path
    """Absolute."""

    @property
    def database(self) -> str:
        """SQLAlchemy URL."""
        return URL.create("sqlite", database=str(self.folder / "gatehouse.db")).render_as_string()

    @property
    def vault(self) -> Path:
        return self.folder / "vault"

    @property
    def private_key(self) -> Path:
        return self.folder / "keys" / "appliance.key"

    @property
    def public_key(self) -> Path:
        return self.folder / "keys" / "appliance.pub"

    @property
    def library_private_key(self) -> Path:
        return self.folder / "keys" / "library.key"

    @property
    def library_public_key(self) -> Path:
        return self.folder / "keys" / "library.pub"

    @property
    def console_secret(self) -> Path:
        return self.folder / "keys" / "console-secret"

    @property
    def gateway_token(self) -> Path:
        return self.folder / "keys" / "gateway-token"

    @property
    def replay_token(self) -> Path:
        return self.folder / "keys" / "replay-token"

    @property
    def first_password(self) -> Path:
        return self.folder / "first-password"

    @property
    def gateway(self) -> Path:
        return self.folder / "gateway"

    @property
    def gateway_status(self) -> Path:
        return self.gateway / "status.json"

    @property
    def replay(self) -> Path:
        return self.folder / "replay"

    @property
    def agents_authority(self) -> Path:
        """Of the authority that signs for devices."""
        return self.folder / "agents"

    @property
    def agent(self) -> Path:
        """What an agent on this machine keeps of its own."""
        return self.folder / "agent"

    @property
    def root(self) -> Path:
        """What browsers are told to trust."""
        return self.gateway / "authority" / "gatehouse-root.pem"

    @property
    def sample_web(self) -> Path:
        return self.folder / "sample-web"

    @property
    def played(self) -> Path:
        """There once the sample day has been played to its end."""
        return self.folder / "sample-day-played"

    @property
    def bypass(self) -> Path:
        return self.folder / "settings" / "bypass.toml"

    def settings(self, program: str) -> Path:
        return self.folder / "settings" / f"{program}.toml"

    def log(self, program: str) -> Path:
        return self.folder / "logs" / f"{program}.log"

    def make(self) -> None:
        """The folders, for their owner alone."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        for name in ("keys", "settings", "logs", "gateway", "replay", "agent", "sample-web"):
            (self.folder / name).mkdir(exist_ok=True, mode=0o700)
