import asyncio

import pytest

from proxy_addons.replay.inline import InlineInspection
from proxy_addons.watchdog import Watchdog


def test_a_job_has_ended_when_it_is_handed_over() -> None:
    done = []
    InlineInspection(Watchdog()).submit(lambda: done.append("first"), 1, "a")
    asyncio.run(InlineInspection(Watchdog()).run(lambda: done.append("second"), 1, "b"))
    assert done == ["first", "second"]


def test_a_job_that_fails_is_counted_and_the_next_runs(caplog: pytest.LogCaptureFixture) -> None:
    watchdog = Watchdog()
    InlineInspection(watchdog).submit(lambda: [][0], 1, "a")
    assert watchdog.counts() == {"faults.inspection": 1}
    assert "IndexError" in caplog.text
