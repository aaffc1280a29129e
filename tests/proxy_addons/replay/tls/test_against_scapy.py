"""What another program makes of the same capture and key log: scapy's own decryption, as far as that is sound."""

import json
import subprocess
import sys
from pathlib import Path

from OpenSSL import SSL

from proxy_addons.replay.stream import Event, Side, Stream, What
from proxy_addons.replay.tls.key_log import KeyLog
from proxy_addons.replay.tls.layer import TlsLayer
from tests.proxy_addons.replay.factories import answer, search, write
from tests.proxy_addons.replay.tls.test_session import recorded
from tests.proxy_addons.replay.tls_talk import Options, TlsTalk

SCAPY = """
import json, sys
from scapy.config import conf
from scapy.main import load_layer
from scapy.sendrecv import sniff
from scapy.sessions import TCPSession
load_layer("tls")
from scapy.layers.tls.record import TLSApplicationData
conf.tls_session_enable, conf.tls_nss_filename = True, sys.argv[2]
found = [
    bytes(said.data).decode("latin-1")
    for packet in sniff(offline=sys.argv[1], session=TCPSession)
    for layer in packet.iterpayloads()
    for said in getattr(layer, "msg", None) or []
    if isinstance(said, TLSApplicationData)
]
print(json.dumps(list(dict.fromkeys(found))))
"""
"""In a process of its own, because scapy then takes TCP for TLS for good. It tells some records several times."""


def test_scapy_reads_the_same_in_the_same_order(tmp_path: Path) -> None:
    tls = TlsTalk(Options(SSL.TLS1_2_VERSION, "AES128-SHA")).hello().up(search()).down(answer()).bye()
    file, keys = write(tmp_path / "talk.pcap", tls.packets), tmp_path / "keys"
    keys.write_bytes(b"\n".join(tls.lines) + b"\n")
    run = [sys.executable, "-c", SCAPY, str(file), str(keys)]
    theirs = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    assert [said.encode("latin-1") for said in theirs] == ours(tls) == [search(), answer()]


def ours(tls: TlsTalk) -> list[bytes]:
    log, stream = KeyLog(), Stream(0, (b"", 1), (b"", 2))
    log.add(tls.lines)
    layer = TlsLayer(log)
    sides = [(Side.CLIENT if up else Side.SERVER, data) for up, data in recorded(tls)]
    events = [Event(stream, side, What.DATA, 0.0, 0, data) for side, data in sides]
    return [inside.data for event in events for inside in layer.take(event)]
