import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detection.extract.services import SERVICES
from detection.unopened.layers import load_layers
from proxy_addons.bypass_commands.checks import closable, openable

TALK = sorted(host.replace("*", "com") for service in SERVICES for host in service.hosts)


@settings(deadline=None)
@given(st.sampled_from(TALK), st.sampled_from(["", "www."]))
def test_no_service_that_is_read_is_left_closed_by_mistake(host, before):
    with pytest.raises(ValueError, match=r"--even-so|anybody may"):
        closable(before + host, even_so=False)


@pytest.mark.parametrize("host", ["bank.example.co.uk", "xn--bcher-kva.example", "Updates.App.example."])
def test_an_ordinary_host_may_be_left_closed(host):
    assert closable(host, even_so=False) == host.lower().rstrip(".")


def test_what_is_sealed_is_not_opened_nor_anything_below_it():
    layers = load_layers()
    assert openable("aqa.org.uk", layers) == "aqa.org.uk"
    with pytest.raises(ValueError, match=r"nhs\.uk is left closed"):
        openable("www.nhs.uk", layers)
