"""Which tunnels a worker is told of."""

from proxy_addons.supervisor.firewall import Seen
from proxy_addons.supervisor.tunnel_telling import TunnelTelling


class WorkerDouble:
    """``hears``: whether it can be told."""

    def __init__(self, *, hears=True):
        self.hears, self.told = hears, []

    def tell(self, device, tunnel):
        self.told += [(device, tunnel)] if self.hears else []
        return self.hears


def seen(port, device="192.0.2.10"):
    return Seen(device=device, protocol="udp", port=port, times=1)


def test_each_is_told_once_until_the_firewall_has_forgotten_it():
    telling, worker = TunnelTelling(), WorkerDouble()
    for listed in ([seen(51820)], [seen(51820), seen(1194)], [seen(1194)], [seen(51820), seen(1194)]):
        telling.tell(listed, worker)
    assert worker.told == [("192.0.2.10", each) for each in ("wireguard", "openvpn", "wireguard")]


def test_what_nobody_could_be_told_is_told_to_the_next():
    telling, worker = TunnelTelling(), WorkerDouble()
    telling.tell([seen(51820)], None)
    telling.tell([seen(51820)], WorkerDouble(hears=False))
    telling.tell([seen(51820)], worker)
    assert worker.told == [("192.0.2.10", "wireguard")]
