from proxy_addons.replay.captured_packet import LONGEST, Packet


def test_a_packet_has_its_time_its_link_and_its_bytes() -> None:
    at, link, data = Packet(1.5, 1, b"x")
    assert (at, link, data) == (1.5, 1, b"x")


def test_what_a_network_card_hands_over_at_once_fits_with_its_headers() -> None:
    assert LONGEST >= 2 * (1 << 16)
