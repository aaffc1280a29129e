"""What a session is to watch now: the service says it from the school's policy, the hour and the place."""

from dataclasses import asdict, dataclass, field

from detection.agent_policy.notice import Notice
from detection.agent_policy.private_window import PrivateWindow
from detection.json_object import JsonObject

NOT_CONNECTED = "the service of Gatehouse is not running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    paused: str = ""
    """Why nothing is to be seen, in words for the person at the device; empty while something is."""
    screen: bool = False
    """Text that the active window shows, beside what is typed."""
    pictures: bool = False
    """A picture of the active window goes with every settled sentence."""
    earlier_pictures: int = 0
    """How many frames from before go with it."""
    ocr: bool = False
    documents: bool = False
    """What is saved in ``folders``."""
    folders: tuple[str, ...] = ()
    """Below the person's home."""
    prints: bool = False
    """The names of what is printed."""
    removable: bool = False
    """The names of files on removable media."""
    private_windows: tuple[PrivateWindow, ...] = ()
    notice: Notice = field(default_factory=Notice)

    def is_private(self, *, title: str = "", app: str = "", address: str = "") -> bool:
        return any(window.covers(title=title, app=app, address=address) for window in self.private_windows)


def fields_of(orders: Orders) -> dict[str, object]:
    return asdict(orders)


def read_orders(row: JsonObject) -> Orders:
    """WireError where it is not what ``fields_of`` made."""
    return Orders(
        paused=row.text("paused"),
        screen=row.truth("screen"),
        pictures=row.truth("pictures"),
        earlier_pictures=row.whole("earlier_pictures"),
        ocr=row.truth("ocr"),
        documents=row.truth("documents"),
        folders=row.texts("folders"),
        prints=row.truth("prints"),
        removable=row.truth("removable"),
        private_windows=tuple(read_private_window(window) for window in row.parts("private_windows")),
        notice=read_notice(row.part("notice")),
    )


def read_private_window(row: JsonObject) -> PrivateWindow:
    return PrivateWindow(title=row.later_text("title"), app=row.later_text("app"), address=row.later_text("address"))


def read_notice(row: JsonObject) -> Notice:
    said = {name: row.later_text(name) for name in ("school", "text", "by", "link", "help")}
    return Notice(**said)
