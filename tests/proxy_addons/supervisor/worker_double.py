"""A program that behaves as a worker towards its supervisor: it beats, and ends when it is told to leave."""

import select
import socket
import sys


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[sys.argv.index("--line") + 1]))
    refuses = "--stays" in sys.argv
    if "--fails" in sys.argv:
        raise SystemExit(2)
    while True:
        line.send(b"open 3\n")
        if select.select([line], [], [], 0.02)[0]:
            said = line.recv(100)
            if not said or (b"drain" in said and not refuses):
                return


if __name__ == "__main__":
    main()
