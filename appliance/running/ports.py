"""Which ports to listen on: those asked for, or the next ones free."""

import socket
from collections.abc import Mapping

HIGHEST = 65535
TRIES = 100


def choose(wanted: Mapping[str, int], address: str = "127.0.0.1") -> tuple[dict[str, int], list[str]]:
    """A port for each name, and a sentence for each that is not the one asked for. OSError if there is none near."""
    chosen: dict[str, int] = {}
    notes: list[str] = []
    for name, port in wanted.items():
        near = range(port, min(port + TRIES, HIGHEST + 1))
        free = next((one for one in near if one not in chosen.values() and is_free(one, address)), None)
        if free is None:
            raise OSError(f"no port is free for the {name} from {near[0]} to {near[-1]}")
        chosen[name] = free
        if free != port:
            notes.append(f"port {port} is taken; {free} instead, for the {name}")
    return chosen, notes


def is_free(port: int, address: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        # As servers do: a port that has just been left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True
