from datetime import UTC, datetime

from proxy_addons.replay.spectator import Onlooker
from tests.proxy_addons.replay.factories import NOON, PUPIL, library


def test_an_onlooker_knows_addresses_alone() -> None:
    subject = Onlooker(library()).subject_for(PUPIL, None, datetime.fromtimestamp(NOON, UTC))
    assert subject.key == f"address:{PUPIL}"
