"""``gatehouse library``: the acts that need nothing but folders, and the one that needs the appliance's database."""

from appliance.commands import library_try
from detection import library_command
from detection.library_command import ACTS, Act

TRY = Act("try", "say what a change would have done to stored captures", library_try.declare, library_try.run)


def main(argv: list[str]) -> int:
    return library_command.main(argv, (*ACTS, TRY))
