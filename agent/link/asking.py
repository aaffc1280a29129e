"""Ask the service how it stands: for ``gatehouse-agent status`` and for what tells the person at the device."""

from contextlib import closing
from pathlib import Path

from agent.link.frames import AskStanding, FrameError, receive, send
from agent.link.transport import PLACE, connect
from agent.standing import Standing


def ask_standing(place: Path = PLACE, timeout: float = 5.0) -> Standing | None:
    """None where no service answers."""
    try:
        with closing(connect(place, hears=timeout, says=timeout)) as line:
            send(line, AskStanding())
            answer = receive(line)
    except (OSError, FrameError):
        return None
    return answer if isinstance(answer, Standing) else None
