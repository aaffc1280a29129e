"""How alerts are sent."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    host: str
    sender: str
    port: int = 25
    starttls: bool = True
    user: str = ""
    password_file: Path | None = None
    """Only with user."""

    def __post_init__(self) -> None:
        if "@" not in self.sender:
            raise ValueError("sender must be an e-mail address")
        if bool(self.user) != (self.password_file is not None):
            raise ValueError("user and password_file come together or not at all")
        if self.user and not self.starttls:
            raise ValueError("starttls must be true where there is a user: a password is not sent in the clear")
