from pathlib import Path

import pytest

from agent.service.settings import AgentSettings
from appliance.agents import whereabouts
from appliance.agents.settings import AgentsSettings
from appliance.config import ApplianceSettings, WorkerSettings
from appliance.organisation_slug import slug_of
from appliance.running.places import Places
from appliance.running.settings_files import SCHOOL, Ports, write_settings
from appliance.sample.sites import CHAT_HOST, HELPLINE_HOST
from console.settings import ConsoleSettings
from detection.sensor_settings import SensorSettings
from detection.settings import load
from proxy_addons.gateway_settings import GatewaySettings

PORTS = Ports(console=8001, proxy=8081, appliance=8444, agents=8447)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path / 'var with "odd" name')
    places.make()
    hosts = {CHAT_HOST: ("127.0.0.1", 4001), HELPLINE_HOST: ("127.0.0.1", 4002)}
    write_settings(places, PORTS, hosts, tmp_path / "root.pem")
    return places


def test_every_program_can_read_its_settings(places: Places) -> None:
    appliance = load(places.settings("appliance"), ApplianceSettings)
    worker = load(places.settings("worker"), WorkerSettings)
    console = load(places.settings("console"), ConsoleSettings)
    gateway = load(places.settings("gateway"), GatewaySettings)
    assert (appliance.port, console.port, gateway.listen_port) == (8444, 8001, 8081)
    assert appliance.database == worker.database == console.database == places.database
    assert appliance.vault == worker.vault == console.vault == places.vault
    assert worker.watch == console.watch == (gateway.status_file,) == (places.gateway_status,)
    assert worker.console_url == "http://127.0.0.1:8001/"
    assert gateway.sensor.appliance_url == "http://127.0.0.1:8444"


def test_a_replay_can_deliver_and_keeps_nothing_where_the_gateway_does(places: Places) -> None:
    replay = load(places.settings("replay"), SensorSettings)
    gateway = load(places.settings("gateway"), GatewaySettings).sensor
    assert (replay.appliance_url, replay.public_key) == (gateway.appliance_url, gateway.public_key)
    assert (replay.token_file, replay.outbox.parent) == (places.replay_token, places.replay)
    assert not {replay.token_file, replay.outbox, replay.bindings_cache} & {
        *(gateway.token_file, gateway.outbox, gateway.bindings_cache)
    }
    assert replay.outbox.parent.is_dir()


def test_the_gateway_follows_the_libraries_the_appliance_signs_and_a_replay_keeps_its_own(places: Places) -> None:
    appliance = load(places.settings("appliance"), ApplianceSettings)
    gateway = load(places.settings("gateway"), GatewaySettings).sensor
    assert (appliance.library_key, gateway.library_key) == (places.library_private_key, places.library_public_key)
    assert gateway.library_seconds == 10
    assert load(places.settings("replay"), SensorSettings).library_key is None


def test_an_agent_on_this_machine_is_on_site_and_finds_the_appliance(places: Places) -> None:
    agents = load(places.settings("agents"), AgentsSettings)
    assert agents.address == PORTS.agents_url == "https://127.0.0.1:8447"
    assert agents.private_key == places.private_key
    assert whereabouts.sites(agents.on_site).holds(slug_of(SCHOOL), "127.0.0.1")
    agent = load(places.settings("agent"), AgentSettings)
    assert agent.state == agent.socket.parent == places.agent
    assert agent.session_unit == ""
    assert agent.state.is_dir()


def test_only_this_machine_is_listened_to(places: Places) -> None:
    agents = load(places.settings("agents"), AgentsSettings)
    appliance = load(places.settings("appliance"), ApplianceSettings)
    console = load(places.settings("console"), ConsoleSettings)
    gateway = load(places.settings("gateway"), GatewaySettings)
    assert {appliance.host, agents.host, console.host, gateway.listen_host} == {"127.0.0.1"}


def test_the_gateway_finds_the_sample_web_and_leaves_the_helpline_alone(places: Places, tmp_path: Path) -> None:
    gateway = load(places.settings("gateway"), GatewaySettings)
    assert gateway.host_map[CHAT_HOST] == "127.0.0.1:4001"
    assert gateway.origin_ca == tmp_path / "root.pem"
    assert gateway.bypass == places.bypass
    assert HELPLINE_HOST in places.bypass.read_text()
