"""What a port or protocol that is neither the web nor otherwise known most likely is."""

KNOWN = {
    ("tcp", 22): "ssh",
    ("tcp", 23): "telnet",
    ("tcp", 443): "dns-over-https",
    ("udp", 443): "dns-over-https",
    ("tcp", 853): "dns-over-tls",
    ("udp", 853): "dns-over-quic",
    ("tcp", 1080): "socks",
    ("tcp", 1194): "openvpn",
    ("udp", 1194): "openvpn",
    ("tcp", 1723): "pptp",
    ("udp", 1701): "l2tp",
    ("udp", 500): "ipsec",
    ("udp", 4500): "ipsec",
    ("esp", 0): "ipsec",
    ("ah", 0): "ipsec",
    ("gre", 0): "gre",
    ("udp", 51820): "wireguard",
    ("tcp", 3389): "remote-desktop",
    ("tcp", 5900): "remote-desktop",
    ("tcp", 9001): "tor",
    ("tcp", 9030): "tor",
    ("tcp", 9050): "tor",
    ("tcp", 9051): "tor",
    ("tcp", 9150): "tor",
}
"""By the numbers IANA and the programs themselves give. Whoever runs a tunnel on another port is at "odd-port".
Of port 443 the firewall names only what goes to an address that answers nothing but lookups."""
ODD_PORT, ODD_PROTOCOL = "odd-port", "odd-protocol"


def tunnel_name(protocol: str, port: int) -> str:
    return KNOWN.get((protocol, port)) or (ODD_PORT if port else ODD_PROTOCOL)
