"""Which ports to listen on: those asked for, or the next ones free."""

import socket
from collections.abc import Iterator, Mapping
from itertools import chain

HIGHEST = 65535


def choose(wanted: Mapping[str, int], address: str = "127.0.0.1") -> tuple[dict[str, int], list[str]]:
    """A port for each name, and a sentence for each that is not the one asked for. OSError if there is none left."""
    chosen: dict[str, int] = {}
    notes: list[str] = []
    for name, port in wanted.items():
        free = next((one for one in _from(port) if one not in chosen.values() and is_free(one, address)), None)
        if free is None:
            raise OSError(f"no port is free for the {name}")
        chosen[name] = free
        if free != port:
            notes.append(f"port {port} is taken; the {name} takes {free} instead")
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


def _from(port: int) -> Iterator[int]:
    return iter(chain(range(port, HIGHEST + 1), range(1024, min(port, HIGHEST + 1))))
