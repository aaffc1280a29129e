import socket
import ssl
from datetime import UTC, datetime
from pathlib import Path

import urllib3

from appliance.sample.web import SampleWeb


def pool(web: SampleWeb, host: str) -> urllib3.HTTPSConnectionPool:
    address, port = web.hosts[host]
    return urllib3.HTTPSConnectionPool(
        address, port, ca_certs=str(web.root), server_hostname=host, assert_hostname=host, retries=False, timeout=10
    )


def test_a_connection_stays_open_for_the_next_request(web: SampleWeb) -> None:
    with pool(web, "homework.test") as connections:
        for path in ("/", "/style/common.css", "/cells", "/nowhere"):
            connections.request("GET", path, headers={"Host": "homework.test"})
        assert (connections.num_requests, connections.num_connections) == (4, 1)


def test_text_is_packed_for_whoever_can_unpack_it(web: SampleWeb) -> None:
    with pool(web, "homework.test") as connections:
        for accepted, packed in (("gzip, deflate", "gzip"), ("identity", None)):
            headers = {"Host": "homework.test", "Accept-Encoding": accepted}
            answer = connections.request("GET", "/cells", headers=headers)
            assert answer.headers.get("Content-Encoding") == packed
            assert b"mitochondria" in answer.data


def test_one_port_serves_each_host_its_own_and_knows_no_other(web: SampleWeb) -> None:
    with pool(web, "homework.test") as connections:
        answers = {
            host: connections.request("GET", "/", headers={"Host": host})
            for host in ("homework.test", "www.bell-magazine.test:443", "elsewhere.test")
        }
    assert b"Homework Help" in answers["homework.test"].data
    assert b"The Bell" in answers["www.bell-magazine.test:443"].data
    assert answers["elsewhere.test"].status == 404


def test_a_huge_form_is_refused(web: SampleWeb) -> None:
    with pool(web, "homework.test") as connections:
        headers = {"Host": "homework.test", "Content-Length": str(1 << 30)}
        assert connections.request("POST", "/hand-in", headers=headers).status == 413


def test_stopping_does_not_wait_for_browsers_that_stay(tmp_path: Path) -> None:
    web = SampleWeb(tmp_path, datetime.now(UTC))
    web.start()
    context = ssl.create_default_context(cafile=str(web.root))
    with (
        socket.create_connection(web.hosts["homework.test"]) as raw,
        context.wrap_socket(raw, server_hostname="homework.test") as idle,
        socket.create_connection(web.hosts["homework.test"]),
    ):
        idle.sendall(b"GET / HTTP/1.1\r\nHost: homework.test\r\n\r\n")
        assert idle.recv(15) == b"HTTP/1.1 200 OK"
        web.stop()
