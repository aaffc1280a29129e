"""What a list's address asks for; what means nothing is as if it were not there."""

import pytest
from werkzeug.datastructures import MultiDict

from appliance.models import Status
from console.wanted import Wanted, address, read
from tests.console.factories import School


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({}, Wanted()),
        ({"status": "closed", "severity": "5", "page": "2"}, Wanted(status=Status.CLOSED, severity=5, page=2)),
        (
            {"category": "drugs", "person": " Robin ", "school": "oakfield"},
            Wanted(category="drugs", person="Robin", school="oakfield"),
        ),
        ({"replayed": "yes"}, Wanted(replayed=True)),
        ({"status": "odd", "severity": "6", "category": "odd"}, Wanted()),
        ({"page": "0"}, Wanted()),
        ({"page": "-3"}, Wanted()),
        ({"page": "²"}, Wanted()),
        ({"page": "9999999"}, Wanted()),
        ({"person": "x" * 500}, Wanted(person="x" * 100)),
    ],
)
def test_what_is_asked_for(said: dict[str, str], wanted: Wanted) -> None:
    assert read(MultiDict(said)) == wanted


def test_only_a_filter_narrows() -> None:
    assert not Wanted(status=Status.CLOSED, page=3).narrowed
    assert Wanted(severity=5).narrowed


def test_an_address_says_all_of_it_again(school: School) -> None:
    wanted = Wanted(
        status=Status.CLOSED, severity=5, category="drugs", person="a&b", school="oakfield", page=2, replayed=True
    )
    with school.app.test_request_context():
        again = address(wanted)
    with school.app.test_request_context(again) as context:
        assert read(context.request.args) == wanted
