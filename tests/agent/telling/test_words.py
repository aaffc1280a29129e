"""What is said follows from the orders, and from nothing else."""

from dataclasses import fields, replace

import pytest

from agent.orders import Orders
from agent.telling.words import NEVER, WHY, monitored, told
from detection.agent_policy.notice import Notice
from detection.agent_policy.private_window import PrivateWindow

SCHOOL = Notice(
    school="Hill School",
    text="We monitor our own laptops, at school and at home.",
    by="Ms Hill, Designated Safeguarding Lead",
    link="https://hill.example/monitoring",
    help="https://www.childline.org.uk or 0800 1111",
)
ALL = Orders(
    screen=True, pictures=True, earlier_pictures=2, ocr=True, documents=True, folders=("Documents", "Desktop"),
    prints=True, removable=True, notice=SCHOOL,
)  # fmt: skip


def test_it_says_who_monitors_and_why_and_where_help_is() -> None:
    said = told(ALL)
    assert said.headline == "Hill School monitors what is written on this device"
    assert (said.why, said.by, said.text, said.link, said.help) == (
        WHY, SCHOOL.by, SCHOOL.text, SCHOOL.link, SCHOOL.help,
    )  # fmt: skip


@pytest.mark.parametrize("what", ["screen", "ocr", "pictures", "documents", "prints", "removable"])
def test_each_thing_that_is_watched_is_one_sentence(what: str) -> None:
    """So that nothing is watched which is not told."""
    without = monitored(replace(ALL, **{what: False}))
    assert len(set(monitored(ALL)) - set(without)) == 1


def test_every_order_that_watches_something_is_told() -> None:
    watching = {f.name for f in fields(Orders) if f.type in (bool, "bool")}
    assert watching == {"screen", "pictures", "ocr", "documents", "prints", "removable"}


def test_folders_are_named() -> None:
    assert "Documents you save in Documents and Desktop." in monitored(ALL)


def test_while_it_is_paused_nothing_is_monitored_and_the_reason_is_told() -> None:
    said = told(replace(ALL, paused="it is a holiday"))
    assert (said.headline, said.monitored) == ("Nothing is recorded on this device now: it is a holiday", ())


def test_a_device_without_a_policy_says_your_school() -> None:
    assert told(Orders()).headline.startswith("Your school monitors")


def test_passwords_camera_and_microphone_are_said_never_to_be_used_and_private_windows_are_named() -> None:
    private = (PrivateWindow(title="NHS"), PrivateWindow(address="bank.example"), PrivateWindow(title="NHS", app="Web"))
    said = told(replace(ALL, private_windows=private)).never
    assert said[: len(NEVER)] == NEVER
    assert said[-1].endswith("NHS, bank.example.")
