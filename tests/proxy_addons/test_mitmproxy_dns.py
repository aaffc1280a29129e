from typing import get_type_hints

from mitmproxy.dns import DNSFlow

from proxy_addons.mitmproxy_dns import DNSMessage


def test_it_is_what_a_flow_of_this_mitmproxy_holds() -> None:
    assert get_type_hints(DNSFlow)["request"] is DNSMessage
