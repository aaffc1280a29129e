from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from proxy_addons.replay.tls.certificate_names import certificate_names
from tests.proxy_addons.replay.tls_talk import pair

DER = pair("news.test")[0].public_bytes(Encoding.DER)
MESSAGE = (len(DER) + 3).to_bytes(3, "big") + len(DER).to_bytes(3, "big") + DER


def test_the_hosts_a_certificate_is_for() -> None:
    assert certificate_names(MESSAGE) == ("*.news.test", "news.test")


def test_what_can_be_no_host_is_no_name() -> None:
    der = pair("Anna Example")[0].public_bytes(Encoding.DER)
    assert certificate_names(bytes(3) + len(der).to_bytes(3, "big") + der) == ()


@given(st.binary(max_size=60), st.integers(0, len(MESSAGE)))
def test_no_certificate_whatever_is_in_it_stops_a_replay(damage: bytes, at: int) -> None:
    for message in (damage, MESSAGE[:at] + damage + MESSAGE[at + len(damage) :]):
        assert isinstance(certificate_names(message), tuple)
