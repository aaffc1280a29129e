import pytest

from detection.extract.services import SERVICES, service_at


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://discord.com/api", "Discord"),
        ("https://canary.discord.com/api", "Discord"),
        ("https://www.google.co.uk/", "Google"),
        ("https://google.example.test/", None),
        ("https://notdiscord.com/api", None),
        ("https://discord.com.example/", None),
        ("https://[broken/", None),
        ("", None),
    ],
)
def test_a_service_is_known_by_its_host_and_what_lies_below(url: str, name: str | None) -> None:
    found = service_at(url)
    assert (found.name if found else None) == name


def test_no_host_belongs_to_two_services() -> None:
    hosts = [host for service in SERVICES for host in service.hosts]
    assert len(hosts) == len(set(hosts))
