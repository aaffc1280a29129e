"""What is wished for of the explicit proxy."""

from typing import Any

import pytest

from appliance.provisioning.proxy_wishes import NO_WISHES, ProxyWishes


def test_nobody_has_to_sign_in_who_was_not_asked_to() -> None:
    assert NO_WISHES.accounts is None
    assert (NO_WISHES.inside, NO_WISHES.direct, NO_WISHES.tls) == ((), (), False)


@pytest.mark.parametrize(
    ("wished", "said"),
    [
        ({"inside": ("here",)}, "inside: "),
        ({"direct": ("video",)}, "direct 'video': a full host name"),
    ],
)
def test_what_no_program_could_go_by_is_refused(wished: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ProxyWishes(**wished)
