"""``gatehouse-agent status``: what is monitored at this device now, why, and by whom, for the person at it."""

import argparse
import sys
from pathlib import Path

from agent.link.asking import ask_standing
from agent.link.transport import PLACE
from agent.standing import Standing
from agent.telling.words import told_of

SILENT = "The service of Gatehouse does not run on this device: nothing is monitored by it now."


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="gatehouse-agent status", description="Say what is monitored at this device now, why, and by whom."
    )
    parser.add_argument("--socket", type=Path, default=PLACE, help="where the service listens")
    standing = ask_standing(parser.parse_args(argv).socket)
    if standing is None:
        print(SILENT, file=sys.stderr)
        return 1
    print("\n".join(lines(standing)))
    return 0


def lines(standing: Standing) -> list[str]:
    """In the words of the notification and of the notice page."""
    notice = standing.notice
    said = told_of(notice, paused=standing.paused, monitored=standing.monitored, never=standing.never)
    told = [
        ("School", notice.school),
        ("Account", standing.account),
        ("Now", said.headline),
        *(("What", sentence) for sentence in said.monitored),
        *(("Never", sentence) for sentence in said.never),
        ("Why", said.why),
        ("Policy", standing.why),
        ("By", said.by),
        ("", notice.text),
        ("Notice", notice.link),
        ("Help", notice.help),
        ("Device", standing.device),
        ("Appliance", standing.connection),
        ("Version", standing.version),
    ]
    return [f"{name + ':' if name else '':11}{words}" for name, words in told if words]
