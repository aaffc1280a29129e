"""The plain words a reviewer reads for what the records call by a code."""

from collections.abc import Mapping
from dataclasses import dataclass

from appliance.models import Outcome, ReviewerRole, Status
from detection.categories import AREAS, ConcernRole
from detection.levels import WORDS
from detection.observation import Channel, Direction, Mark


@dataclass(frozen=True, slots=True)
class Level:
    number: int
    word: str
    meaning: str


LEVELS = (
    Level(1, WORDS[1], "Kept for the record. Nobody needs to act."),
    Level(2, WORDS[2], "Worth knowing. Look when you next have time."),
    Level(3, WORDS[3], "Look today or on the next school day."),
    Level(4, WORDS[4], "Look today."),
    Level(5, WORDS[5], "Health or life may be in danger now. Act at once."),
)

STATUSES: Mapping[str, str] = {
    Status.NEW: "Waiting",
    Status.IN_REVIEW: "In review",
    Status.CLOSED: "Closed",
    Status.FALSE_POSITIVE: "False positive",
}

OUTCOMES: Mapping[str, str] = {
    Outcome.SUPPORTED: "The person is being supported",
    Outcome.SPOKEN_TO: "Spoken to",
    Outcome.REFERRED: "Referred to another service",
    Outcome.CASE_OPENED: "A case was opened in the child-protection record",
    Outcome.NO_FURTHER_ACTION: "No further action",
}

CATEGORIES: Mapping[str, str] = {category: area.title for category, area in AREAS.items()}

CONCERNS: Mapping[str, str] = {
    ConcernRole.AT_RISK: "May be at risk",
    ConcernRole.MAY_HARM: "May harm others",
    ConcernRole.CONDUCT: "Conduct",
    ConcernRole.EXPOSED: "Was only shown it",
}

CHANNELS: Mapping[str, str] = {
    Channel.SEARCH: "Search",
    Channel.PROMPT: "Prompt to an AI",
    Channel.REPLY: "Reply from an AI",
    Channel.MESSAGE: "Message",
    Channel.POST: "Post",
    Channel.MAIL: "Mail",
    Channel.DOCUMENT: "Document",
    Channel.PAGE: "Web page",
    Channel.URL: "Web address",
    Channel.FILE_NAME: "File name",
    Channel.SCREEN: "Words on the screen",
    Channel.DNS: "Name looked up",
    Channel.TUNNEL: "Way out of the network",
}

DIRECTIONS: Mapping[str, str] = {
    Direction.WRITTEN: "written by the person",
    Direction.SENT_BY_PAGE: "sent by a page in the person’s name",
    Direction.SHOWN: "shown to the person",
}

MARKS: dict[str, str] = {
    Mark.DELETED: "Deleted before it was sent.",
    Mark.PASTED: "Pasted, not typed.",
    Mark.OCR: "Read from a picture; letters may be wrong.",
    Mark.TEST: "A test of the system.",
    Mark.HELP_SEEKING: "Looks like a search for help.",
    Mark.WITHHELD: "The picture is withheld on purpose.",
    Mark.REPLAY: "From a replayed recording, not from live traffic.",
}

ON_DEVICE: dict[str, str] = {
    Mark.DELETED: "Typed, and deleted again: it was not left standing or sent.",
    Mark.PASTED: "Pasted, not typed.",
    Mark.OCR: "Read from a picture on the screen; letters may be wrong.",
}
"""Of what an agent saw, where nothing need be sent."""

ROLES: Mapping[str, str] = {
    ReviewerRole.DSL: "Designated Safeguarding Lead",
    ReviewerRole.DEPUTY: "Deputy safeguarding lead",
    ReviewerRole.MODERATOR: "Moderator",
    ReviewerRole.TRUST_OFFICER: "Trust safeguarding officer",
    ReviewerRole.NETWORK_MANAGER: "Network manager",
}


def level(number: int) -> Level:
    return LEVELS[min(max(number, 1), len(LEVELS)) - 1]


def word(words: Mapping[str, str], code: str | None) -> str:
    """The word for ``code``, or the code itself, readable, where a newer sensor knows one we do not."""
    return words.get(code or "", (code or "").replace("-", " ").capitalize())
