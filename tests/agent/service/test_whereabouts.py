"""What is not known to be on site is off site."""

from ipaddress import ip_address

from agent.holding import Address
from agent.service.whereabouts import HOLDS, Whereabouts

SCHOOL: frozenset[Address] = frozenset({ip_address("10.1.2.3")})
HOME: frozenset[Address] = frozenset({ip_address("192.168.1.3")})


class Place:
    def __init__(self) -> None:
        self.addresses, self.seconds = SCHOOL, 0.0
        self.known = Whereabouts(lambda: self.addresses, lambda: self.seconds)


def test_it_holds_for_a_quarter_of_an_hour() -> None:
    place = Place()
    assert not place.known.on_site
    place.known.told(True, SCHOOL)
    assert place.known.on_site
    place.seconds = HOLDS.total_seconds()
    assert place.known.on_site
    place.seconds += 1
    assert not place.known.on_site


def test_it_holds_only_as_long_as_the_addresses_stay() -> None:
    place = Place()
    place.known.told(True, SCHOOL)
    place.addresses = HOME
    assert not place.known.on_site


def test_an_answer_to_what_was_asked_elsewhere_says_nothing_of_here() -> None:
    place = Place()
    place.addresses = HOME
    place.known.told(True, SCHOOL)
    assert not place.known.on_site


def test_the_appliance_may_say_that_it_is_not() -> None:
    place = Place()
    place.known.told(True, SCHOOL)
    place.known.told(False, SCHOOL)
    assert not place.known.on_site
