"""How captures are drawn: the browser, its user, and how much it may use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RendererSettings:
    chromium: str = "/usr/bin/chromium-headless-shell"
    user: str = "gatehouse-render"
    """Who the browser runs as when the program that asks is root."""
    seconds: float = 10.0
    """For one page; then the browser is killed and the text is drawn instead."""
    memory_mib: int = 1024
    """Of data, for each of the browser's processes."""
    width: int = 1280
    height: int = 800
    recycle_after: int = 200
    """Drawings, after which the browser is started afresh."""

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError("seconds must be more than 0")
        if self.memory_mib < 256:
            raise ValueError("memory_mib must be at least 256: the browser does not start with less")
        if not (320 <= self.width <= 4096 and 240 <= self.height <= 4096):
            raise ValueError("width must be 320 to 4096 and height 240 to 4096")
        if self.recycle_after < 1:
            raise ValueError("recycle_after must be at least 1")
