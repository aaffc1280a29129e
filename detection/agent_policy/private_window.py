"""The part of a policy that says which windows nobody looks at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateWindow:
    """A window that is never read: all that is said of it must be contained, in whatever case."""

    title: str = ""
    app: str = ""
    address: str = ""

    def covers(self, *, title: str = "", app: str = "", address: str = "") -> bool:
        asked = ((self.title, title), (self.app, app), (self.address, address))
        said = [(part.casefold(), whole.casefold()) for part, whole in asked if part]
        return bool(said) and all(part in whole for part, whole in said)
