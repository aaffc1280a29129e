"""A program that behaves as a worker towards its supervisor: it beats, and ends when it is told to leave."""

import select
import socket
import sys
import time
from pathlib import Path


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[sys.argv.index("--line") + 1]))
    refuses = "--stays" in sys.argv
    if "--fails" in sys.argv:
        raise SystemExit(2)
    started, news = time.time(), Path(sys.argv[sys.argv.index("--news") + 1] if "--news" in sys.argv else "/none")
    while True:
        outdated = news.exists() and news.stat().st_mtime > started
        line.send(b"open 3\n" + (b"renew\n" if outdated else b""))
        if select.select([line], [], [], 0.02)[0]:
            said = line.recv(100)
            if not said or (b"drain" in said and not refuses):
                return


if __name__ == "__main__":
    main()
