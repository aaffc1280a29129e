"""Settings of the supervisor: what cannot work is refused."""

import pytest

from proxy_addons.supervisor.settings import SupervisorSettings


def test_each_worker_has_places_to_move_to():
    assert len(SupervisorSettings(workers=2).places) == 8


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"workers": 0}, "workers"),
        ({"fail": "ajar"}, "open or closed"),
        ({"first_port": 80}, "first_port"),
        ({"first_port": 65530}, "first_port"),
        ({"first_proxy_port": 8084}, "8 ports or more"),
        ({"hours": 0.0}, "hours"),
        ({"drain_minutes": -1.0}, "drain_minutes"),
    ],
)
def test_what_cannot_work_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        SupervisorSettings(**wrong)


def test_the_explicit_proxy_can_be_left_out():
    assert SupervisorSettings(first_proxy_port=0).first_proxy_port == 0
