import pytest
from mitmproxy.http import Request

from proxy_addons.request_address import host_of, url_of

NAMED = ["forum.test", "forum.test:8080", "[2001:db8::1]:443", "bücher.test", "no host", "", "x" * 400 + ".test", ":80"]


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("version", ["HTTP/1.1", "HTTP/2.0"])
def test_it_is_what_mitmproxy_says(named, version):
    request = Request.make("GET", "https://192.0.2.7/a?b", headers={"Host": named})
    request.http_version = version
    if version == "HTTP/2.0":
        request.authority = named
    for _ in range(2):
        assert (host_of(request), url_of(request)) == (request.pretty_host, request.pretty_url)


def test_where_no_host_is_named_it_is_where_the_request_goes():
    request = Request.make("GET", "http://192.0.2.7/a")
    assert (host_of(request), url_of(request)) == ("192.0.2.7", "http://192.0.2.7/a")
