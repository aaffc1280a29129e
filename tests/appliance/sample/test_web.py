from appliance.sample.browser import Browser, Route
from appliance.sample.sites import CHAT_HOST, HELPLINE_HOST
from appliance.sample.web import SampleWeb


def test_every_host_shows_a_whole_front_page(web: SampleWeb, route: Route) -> None:
    assert {CHAT_HOST, HELPLINE_HOST} <= web.hosts.keys()
    with Browser(route) as browser:
        for host in web.hosts:
            assert "<title>" in browser.open(f"https://{host}/").html, host


def test_all_names_are_under_a_domain_nobody_can_own(web: SampleWeb) -> None:
    assert {host.rpartition(".")[2] for host in web.hosts} == {"test"}
