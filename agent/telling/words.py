"""The words in which a person at the device is told what is monitored: one place, so that everything says the same."""

from dataclasses import dataclass

from agent.orders import Orders
from detection.agent_policy.notice import Notice

WHY = "So that a member of staff can help when somebody is in danger, or may put others in danger."
NEVER = (
    "Passwords and other hidden fields are never read.",
    "The camera and the microphone are never used.",
    "What raises no concern is forgotten at once: it is not kept on this device, and never leaves it.",
)
_AND = " and "


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is told: it follows from the school's policy alone."""

    headline: str
    monitored: tuple[str, ...]
    never: tuple[str, ...]
    why: str
    by: str
    text: str
    """The school's own."""
    link: str
    help: str


def told(orders: Orders) -> Told:
    return told_of(orders.notice, paused=orders.paused, monitored=monitored(orders), never=never(orders))


def told_of(notice: Notice, *, paused: str = "", monitored: tuple[str, ...] = (), never: tuple[str, ...] = ()) -> Told:
    return Told(
        headline=headline(notice.school, paused),
        monitored=() if paused else monitored,
        never=never or NEVER,
        why=WHY,
        by=notice.by,
        text=notice.text,
        link=notice.link,
        help=notice.help,
    )


def headline(school: str, paused: str) -> str:
    if paused:
        return f"Nothing is recorded on this device now: {paused}"
    return f"{school or 'Your school'} monitors what is written on this device"


def monitored(orders: Orders) -> tuple[str, ...]:
    """Sentences; none while nothing is."""
    if orders.paused:
        return ()
    kinds = (
        (True, "What you write, in every program; of some grave matters also what you delete again."),
        (orders.screen, "Text that the window you work in shows."),
        (orders.ocr, "Text in pictures that the window you work in shows."),
        (
            orders.pictures,
            f"{_pictures(orders)}, where it shows a cause for concern. No other picture is kept or sent.",
        ),
        (orders.documents, f"Documents you save in {_listed(orders.folders) or 'your folders'}."),
        (orders.prints, "The names of documents you print."),
        (orders.removable, "The names of files on USB sticks and other media you put in."),
    )
    return tuple(sentence for watched, sentence in kinds if watched)


def never(orders: Orders) -> tuple[str, ...]:
    if not orders.private_windows:
        return NEVER
    named = sorted({window.title or window.app or window.address for window in orders.private_windows})
    return (*NEVER, f"Windows that the school holds private are never read: {', '.join(named)}.")


def _pictures(orders: Orders) -> str:
    before = " and of the moments before" if orders.earlier_pictures else ""
    return f"A picture of the window you work in{before}"


def _listed(names: tuple[str, ...]) -> str:
    return _AND.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
