import pytest

from proxy_addons.replay.datagram_tunnels import STEPS
from proxy_addons.replay.layer_kinds import AYIYA, CAPWAP, GTP, L2TP, TZSP, NotReadable


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        (L2TP, "c802", "how a tunnel is set up"),
        (L2TP, "0003", "UDP"),
        (GTP, "3001 0000 00000000", "how a tunnel is set up"),
        (GTP, "48ff 0000 00000000", "UDP"),
        (CAPWAP, "01000000", "CAPWAP, encrypted"),
        (CAPWAP, "00100280", "CAPWAP, in pieces"),
        (CAPWAP, "00100700", "UDP"),
        (AYIYA, "4152 1029", "how a tunnel is set up"),
        (TZSP, "0200 0001", "UDP"),
        (TZSP, "0100 0077", "UDP"),
    ],
)
def test_what_carries_no_packet_is_named(kind: int, data: str, reason: str) -> None:
    with pytest.raises(NotReadable, match=f"^{reason}$"):
        STEPS[kind](bytes.fromhex(data), 0)
