"""A notice that says nothing is empty, and is never mistaken for one."""

from dataclasses import astuple

from detection.agent_policy.notice import Notice


def test_a_notice_says_nothing_of_itself() -> None:
    assert not any(astuple(Notice()))
