"""Ask a name server from a place in the town, and see everything it answers."""

import json
from dataclasses import dataclass

from tests.box.place import Place

A, TXT, AAAA, SVCB, HTTPS, ANY = 1, 16, 28, 64, 65, 255
NO_SUCH_NAME = 3
_CODE = """
import json, socket, struct, sys
name, kind, server = sys.argv[1], int(sys.argv[2]), sys.argv[3]
labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
question = labels + b"\\0" + struct.pack("!2H", kind, 1)
asking = socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM)
asking.settimeout(5)
asking.sendto(struct.pack("!6H", 7, 0x0100, 1, 0, 0, 0) + question, (server, 53))
answer = asking.recv(4096)
at, found = 12 + len(question), []
for _ in range(sum(struct.unpack("!3H", answer[6:12]))):
    while answer[at] and answer[at] < 192:
        at += 1 + answer[at]
    at += 2 if answer[at] else 1
    is_a, _, _, length = struct.unpack("!HHIH", answer[at : at + 10])
    data = answer[at + 10 : at + 10 + length]
    at += 10 + length
    family = {1: socket.AF_INET, 28: socket.AF_INET6}.get(is_a)
    found.append([is_a, socket.inet_ntop(family, data) if family else data.hex()])
print(json.dumps([answer[3] & 15, found]))
"""


@dataclass(frozen=True)
class Answered:
    code: int
    """0 fine, 3 no such name."""
    records: list[tuple[int, str]]
    """Type, and address or the record's bytes in hex; of all sections."""

    @property
    def addresses(self) -> list[str]:
        return sorted(what for kind, what in self.records if kind in (A, AAAA))


def ask(place: Place, server: str, name: str, kind: int = A) -> Answered:
    code, records = json.loads(place.python(_CODE, name, kind, server).stdout)
    return Answered(code, [(kind, what) for kind, what in records])
