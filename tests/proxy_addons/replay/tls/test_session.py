"""Whole recorded sessions between real ends, replayed: what is said inside is read as if it were outside."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL

from tests.proxy_addons.replay.conftest import Replayed, asked
from tests.proxy_addons.replay.factories import WORDS, answer, search
from tests.proxy_addons.replay.tls_talk import WITHOUT_ENCRYPT_THEN_MAC, Options, TlsTalk

TLS12 = SSL.TLS1_2_VERSION
READ = [("GET", "https://news.test/search?q=nobody+likes+you", 200)]
KINDS = [
    Options(ciphers="TLS_AES_128_GCM_SHA256"),
    Options(ciphers="TLS_AES_256_GCM_SHA384"),
    Options(ciphers="TLS_CHACHA20_POLY1305_SHA256"),
    Options(ciphers="TLS_AES_128_CCM_SHA256"),
    Options(ciphers="TLS_AES_128_CCM_8_SHA256"),
    Options(curve=ec.SECP384R1()),
    Options(TLS12, "ECDHE-RSA-AES128-GCM-SHA256"),
    Options(TLS12, "AES256-GCM-SHA384"),
    Options(TLS12, "ECDHE-RSA-CHACHA20-POLY1305"),
    Options(TLS12, "ECDHE-ECDSA-AES256-GCM-SHA384", elliptic=True),
    Options(TLS12, "AES128-CCM"),
    Options(TLS12, "AES256-CCM"),
    Options(TLS12, "AES128-CCM8"),
    Options(TLS12, "AES256-CCM8"),
    Options(TLS12, "AES128-SHA"),
    Options(TLS12, "AES256-SHA256"),
    Options(TLS12, "ECDHE-RSA-AES128-SHA256"),
    Options(TLS12, "ECDHE-RSA-AES256-SHA384"),
    Options(TLS12, "AES128-SHA", options=WITHOUT_ENCRYPT_THEN_MAC),
    Options(TLS12, "ECDHE-RSA-AES256-SHA384", options=WITHOUT_ENCRYPT_THEN_MAC),
]


@pytest.mark.parametrize(
    "options", KINDS, ids=lambda o: f"{o.ciphers}{(o.curve and o.curve.name) or ''}{o.options or ''}"
)
def test_what_is_said_inside_is_read(replayed: Replayed, options: Options) -> None:
    tls = TlsTalk(options).hello().up(search()).down(answer(b"<p>" + b"x" * 40_000)).bye()
    outcome = replayed(tls.packets, tls.lines)
    assert asked(outcome) == READ
    assert [d.observation.text for d in outcome.detections] == [WORDS]
    assert [body.bytes for body in outcome.ledger.bodies] == [40_003]
    assert not outcome.unread
