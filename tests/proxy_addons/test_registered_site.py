import pytest

from proxy_addons.registered_site import is_everybodys, site


@pytest.mark.parametrize(
    ("host", "registered"),
    [
        ("www.example.co.uk", "example.co.uk"),
        ("Example.COM.", "example.com"),
        ("a.b.example.com", "example.com"),
        ("me.github.io", "me.github.io"),
        ("deep.app.test", "app.test"),
        ("localhost", "localhost"),
    ],
)
def test_a_hosts_site_is_what_somebody_registered(host, registered):
    assert site(host) == registered


@pytest.mark.parametrize(
    ("domain", "everybodys"),
    [
        ("co.uk", True),
        ("com", True),
        ("github.io", True),
        ("sch.uk", True),
        ("example.co.uk", False),
        ("app.test", False),
    ],
)
def test_below_some_domains_anybody_may_have_a_name(domain, everybodys):
    assert is_everybodys(domain) is everybodys
