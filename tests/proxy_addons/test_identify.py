from datetime import UTC, datetime

import pytest
from mitmproxy.test import tflow

from detection.observation import Subject
from proxy_addons.identify import Identify, address_of, subject_of
from proxy_addons.watchdog import Watchdog
from tests.proxy_addons.factories import flow

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


class Register:
    """Bindings that know one pupil until they move on."""

    def __init__(self) -> None:
        self.person = "p-1"

    def subject_for(self, address, device, now):
        return Subject(address=address, device=device, people=(self.person,), identity_source=now.isoformat())


def test_a_request_is_given_the_person_its_address_stands_for():
    asked = flow()
    Identify(Register(), Watchdog(), lambda: NOW).requestheaders(asked)
    assert subject_of(asked) == Subject(address="192.0.2.7", people=("p-1",), identity_source=NOW.isoformat())


def test_who_signed_in_goes_before_whom_the_address_stands_for():
    asked = flow()
    Identify(Register(), Watchdog(), lambda: NOW, signed_in=lambda flow: Subject(people=("p-9",))).requestheaders(asked)
    assert subject_of(asked).people == ("p-9",)


def test_a_long_chat_notices_when_the_device_changes_hands():
    register, asked = Register(), flow()
    identify = Identify(register, Watchdog(), lambda: NOW)
    identify.requestheaders(asked)
    register.person = "p-2"
    identify.websocket_message(asked)
    assert subject_of(asked).people == ("p-2",)


def test_what_is_neither_the_web_is_named_too_and_anew_for_each_message():
    register, passing, asked = Register(), tflow.ttcpflow(), tflow.tdnsflow()
    identify = Identify(register, Watchdog(), lambda: NOW)
    identify.tcp_start(passing)
    identify.dns_request(asked)
    assert subject_of(passing).people == subject_of(asked).people == ("p-1",)
    register.person = "p-2"
    identify.tcp_message(passing)
    assert subject_of(passing).people == ("p-2",)


@pytest.mark.parametrize(
    ("seen", "plain"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:DB8::7", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_an_address_has_one_form(seen, plain):
    assert address_of(flow(client=seen)) == plain


def test_when_nobody_can_be_named_the_address_is_left_and_the_fault_is_counted():
    class Broken:
        def subject_for(self, address, device, now):
            raise KeyError(address)

    watchdog, asked = Watchdog(), flow()
    Identify(Broken(), watchdog).requestheaders(asked)
    assert subject_of(asked) == Subject(address="192.0.2.7")
    assert watchdog.report()["faults"] == {"identify": 1}
