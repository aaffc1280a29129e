from dataclasses import FrozenInstanceError

import pytest

from agent.link.line import Peer


def test_whose_line_it_is_cannot_be_changed_afterwards() -> None:
    peer = Peer(number=1000, account="a.clarke")
    with pytest.raises(FrozenInstanceError):
        peer.account = "b.reid"  # type: ignore[misc]
