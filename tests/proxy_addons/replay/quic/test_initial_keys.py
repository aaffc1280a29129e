"""Against the examples of RFC 9001 (A.1) and RFC 9369 (A.1)."""

from proxy_addons.replay.quic.initial_keys import VERSIONS, initial_keys

DESTINATION = bytes.fromhex("8394c8f03e515708")


def test_the_keys_of_version_1_are_those_of_the_standard() -> None:
    assert [part.hex() for part in initial_keys(VERSIONS[1], DESTINATION)] == [
        "1f369613dd76d5467730efcbe3b1a22d",
        "fa044b2f42a3fd3b46fb255c",
        "9f50449e04a0e810283a1e9933adedd2",
    ]


def test_the_keys_of_version_2_are_those_of_the_standard() -> None:
    assert [part.hex() for part in initial_keys(VERSIONS[0x6B3343CF], DESTINATION)] == [
        "8b1a0bc121284290a29e0971b5cd045d",
        "91f73e2351d8fa91660e909f",
        "45b95e15235d6f45a6b19cbcb0294ba9",
    ]
