"""The PAC file of a network: which addresses a device reaches through the box's proxy, and which straight."""

import json
from ipaddress import IPv4Interface, ip_interface

from console.enrolment.settings import EnrolmentSettings, Network, Reads

MEDIA_TYPE = "application/x-ns-proxy-autoconfig"

NO_PROXY = """// {school}: devices in this network use no proxy.
function FindProxyForURL(url, host) {{
  return "DIRECT";
}}
"""
PROXY = """// {school}: the box itself and what is near go straight, all else through the box.
var straight = {straight};
var near = {near};

function FindProxyForURL(url, host) {{
  host = host.toLowerCase().replace(/^\\[|\\]$/g, "").replace(/\\.$/, "");
  if (host.indexOf(":") >= 0) {{
    return /^(::1$|fe[89ab]|f[cd])/.test(host) ? "DIRECT" : {proxy};
  }}
  if (host.indexOf(".") < 0) {{
    return "DIRECT";
  }}
  if (/^\\d+\\.\\d+\\.\\d+\\.\\d+$/.test(host)) {{
    for (var i = 0; i < near.length; i++) {{
      if (isInNet(host, near[i][0], near[i][1])) {{
        return "DIRECT";
      }}
    }}
    return {proxy};
  }}
  for (var j = 0; j < straight.length; j++) {{
    if (host === straight[j] || dnsDomainIs(host, "." + straight[j])) {{
      return "DIRECT";
    }}
  }}
  return {proxy};
}}
"""
_NEAR = ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")
"""Local addresses. Names are never looked up for it: a device behind a proxy may have no name server."""


def proxy_auto_config(settings: EnrolmentSettings, network: Network) -> str:
    """By address, so that it does not depend on which name server a device asks; TLS needs the name."""
    if not network.proxy:
        return NO_PROXY.format(school=_comment(settings.school))
    address = ip_interface(network.address).ip
    box = f"HTTPS {settings.hostname}" if settings.proxy_tls else f"PROXY {address}"
    # Where nothing is read the firewall leads nobody to the proxy, and there must be a way without it.
    past = settings.fail_open or network.reads != Reads.EVERYTHING
    proxy = f"{box}:{settings.proxy_port}" + ("; DIRECT" if past else "")
    return PROXY.format(
        school=_comment(settings.school),
        straight=json.dumps([settings.hostname, *settings.direct]),
        near=json.dumps([_mask(each) for each in dict.fromkeys((*_NEAR, *_networks(settings)))]),
        proxy=json.dumps(proxy),
    )


def _networks(settings: EnrolmentSettings) -> list[str]:
    return [str(ip_interface(network.address).network) for network in settings.network]


def _mask(network: str) -> list[str]:
    given = IPv4Interface(network).network
    return [str(given.network_address), str(given.netmask)]


def _comment(text: str) -> str:
    """One line, whatever the school is called."""
    return " ".join(json.dumps(text, ensure_ascii=True).strip('"').split())
