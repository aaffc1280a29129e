"""Orders: what a session watches, and which windows it never reads."""

import json

import pytest

from agent.orders import Orders, fields_of, read_orders
from detection.agent_policy.notice import Notice
from detection.agent_policy.private_window import PrivateWindow
from detection.json_object import WireError, read_object

ALL = Orders(
    paused="outside the school's hours",
    screen=True,
    pictures=True,
    earlier_pictures=3,
    ocr=True,
    documents=True,
    folders=("Documents",),
    prints=True,
    removable=True,
    private_windows=(PrivateWindow(title="online banking"), PrivateWindow(app="health", address="clinic.example")),
    notice=Notice(
        school="Hill School", text="This device is monitored.", by="Ms Ames", link="https://a", help="116 123"
    ),
)


def test_orders_arrive_as_they_were_given() -> None:
    for orders in (Orders(), ALL):
        assert read_orders(read_object(json.dumps(fields_of(orders)).encode())) == orders


def test_orders_that_are_none_are_refused() -> None:
    with pytest.raises(WireError, match="screen: must be true or false"):
        read_orders(read_object(json.dumps(fields_of(ALL) | {"screen": "yes"}).encode()))


@pytest.mark.parametrize(
    ("title", "app", "address", "private"),
    [
        ("Online Banking – Hill Bank", "Firefox", "", True),
        ("ONLINE BANKING", "", "", True),
        ("My health", "My Health", "https://clinic.example/today", True),
        ("My health", "My Health", "https://elsewhere.example/", False),
        ("Essay", "Writer", "", False),
        ("", "", "", False),
    ],
)
def test_a_window_is_private_where_all_that_is_said_of_it_is_there(
    title: str, app: str, address: str, private: bool
) -> None:
    assert ALL.is_private(title=title, app=app, address=address) is private


def test_a_private_window_of_which_nothing_is_said_is_not_every_window() -> None:
    assert not Orders(private_windows=(PrivateWindow(),)).is_private(title="Essay", app="Writer")
