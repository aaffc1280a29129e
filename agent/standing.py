"""What anybody at the device may know of the agent: what is monitored, why, by whom; nothing of what was detected."""

from dataclasses import asdict, dataclass, field

from agent.orders import read_notice
from detection.agent_policy.notice import Notice
from detection.json_object import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    version: str
    paused: str = ""
    """Why nothing is recorded now; empty while something is."""
    monitored: tuple[str, ...] = ()
    """What of this account is seen now, in words."""
    never: tuple[str, ...] = ()
    """What is never seen of it, in words."""
    why: str = ""
    """Which part of the school's policy holds now."""
    account: str = ""
    """The account that asks."""
    device: str = ""
    connection: str = ""
    """Whether the appliance is reached, in words."""
    notice: Notice = field(default_factory=Notice)


def standing_fields(standing: Standing) -> dict[str, object]:
    return asdict(standing)


def read_standing(row: JsonObject) -> Standing:
    """WireError where it is not what ``standing_fields`` made."""
    return Standing(
        version=row.text("version"),
        paused=row.text("paused"),
        monitored=row.texts("monitored"),
        never=row.texts("never"),
        why=row.text("why"),
        account=row.text("account"),
        device=row.text("device"),
        connection=row.text("connection"),
        notice=read_notice(row.part("notice")),
    )
