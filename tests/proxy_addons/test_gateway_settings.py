import pytest

from detection.settings import SettingsError, load
from proxy_addons.gateway_settings import GatewaySettings
from tests.proxy_addons.conftest import settings


def test_a_short_file_is_enough(tmp_path):
    made = load(settings(tmp_path, "http://127.0.0.1:1", {}), GatewaySettings)
    assert made.state == tmp_path / "state"
    assert made.status_file == tmp_path / "state" / "status.json"
    assert made.inspection_seconds == 2.0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"inspection_seconds": 0.0}, "inspection_seconds"),
        ({"listen_port": 70000}, "listen_port"),
        ({"recorder_byts": 3}, "unknown setting"),
        ({"names_only": ["10.20.0.1/16"]}, "names_only: 10.20.0.1/16"),
        ({"undecryptable = { '10.20.0.0/16' = 'ask' } #": 0}, "undecryptable: ask: must be one of pass, alert, block"),
        ({"resolvers": ["dns.test"]}, "resolvers: 'dns.test'"),
        ({"proxy_clients": ["10.20.0.1/16"]}, "proxy_clients: 10.20.0.1/16 has host bits set"),
        ({"proxy_ports": [0]}, "proxy_ports"),
    ],
)
def test_a_doubtful_setting_stops_the_start_and_is_named(tmp_path, more, said):
    with pytest.raises(SettingsError, match=said):
        load(settings(tmp_path, "http://127.0.0.1:1", {}, **more), GatewaySettings)


def test_a_host_without_a_port_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="address:port"):
        load(settings(tmp_path, "http://127.0.0.1:1", {"forum.test": "127.0.0.1"}), GatewaySettings)
