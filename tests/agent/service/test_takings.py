"""When a session hears that something was taken says nothing of what was found in it."""

from agent.service.takings import AFTER, Takings
from tests.detection.scripted_appliance import eventually


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_answer_comes_at_the_same_moment_however_long_it_took() -> None:
    watch, answered = Watch(), list[str]()
    takings = Takings(watch)
    quick, slow = (takings.expect(lambda name=name: answered.append(name)) for name in ("quick", "slow"))
    quick.is_inspected = True
    watch.now = AFTER * 0.8
    slow.is_inspected = True
    takings.step()
    assert answered == []
    watch.now = AFTER
    takings.step()
    assert answered == ["quick", "slow"]
    takings.step()
    assert len(answered) == 2


def test_what_is_not_inspected_by_then_waits_for_its_next_moment() -> None:
    watch, answered = Watch(), list[None]()
    takings = Takings(watch)
    taking = takings.expect(lambda: answered.append(None))
    watch.now = AFTER
    takings.step()
    taking.is_inspected = True
    watch.now = AFTER * 1.9
    takings.step()
    assert answered == []
    watch.now = AFTER * 2
    takings.step()
    assert answered == [None]


def test_it_runs_by_itself() -> None:
    answered = list[None]()
    takings = Takings()
    takings.start()
    takings.expect(lambda: answered.append(None)).is_inspected = True
    eventually(lambda: answered == [None])
    takings.stop()
