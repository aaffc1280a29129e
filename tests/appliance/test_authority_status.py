from datetime import UTC, datetime, timedelta

import pytest

from appliance.authority_status import authority_trouble, revocation_trouble

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def said(*, left: float, root_left: float = 3000, root_key: str = "away", outdated: bool = False) -> str:
    return authority_trouble(
        {
            "expires": (NOW + timedelta(days=left)).isoformat(),
            "root_expires": (NOW + timedelta(days=root_left)).isoformat(),
            "root_key": root_key,
            "excluded": 167,
            "outdated": outdated,
        },
        NOW,
    )


@pytest.mark.parametrize("root_key", ["sealed", "away"])
def test_somebody_must_come_with_the_roots_key_sixty_days_before_the_end(root_key: str) -> None:
    assert said(left=61, root_key=root_key) == ""
    assert "ends on 2026-10-30" in said(left=59, root_key=root_key)
    assert "gatehouse authority intermediate" in said(left=59, root_key=root_key)


def test_a_gateway_with_the_key_at_hand_renews_by_itself_and_is_told_of_only_if_it_did_not() -> None:
    assert said(left=5, root_key="here", outdated=True) == ""
    assert "start it again" in said(left=-1, root_key="here")


def test_a_certificate_that_excludes_other_hosts_than_the_lists_is_told_of() -> None:
    assert "left closed by the list alone" in said(left=300, outdated=True)


def test_a_root_that_ends_is_told_of_a_year_before() -> None:
    assert said(left=300, root_left=366) == ""
    assert "every device" in said(left=300, root_left=364).replace("\n", " ")


def test_a_gateway_that_says_nothing_of_it_gives_no_trouble() -> None:
    assert authority_trouble({}, NOW) == ""
    assert revocation_trouble({}) == ""
    assert revocation_trouble({"lists": 3, "expired": 0}) == ""


def test_old_lists_of_revoked_certificates_are_counted() -> None:
    assert revocation_trouble({"lists": 3, "expired": 2}).startswith("2 of its 3 lists")
