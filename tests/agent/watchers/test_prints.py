import threading
from collections.abc import Sequence
from pathlib import Path

from agent.orders import Orders
from agent.seen import Seen
from agent.watchers.ipp import Job
from agent.watchers.prints import PrintWatcher
from detection.observation import Channel, Direction
from tests.agent.watchers.cups import cups, needs_cups, print_text
from tests.agent.watchers.waiting import until

ON = Orders(prints=True)


class Service:
    def __init__(self) -> None:
        self.jobs, self.asked = list[Job](), list[int]()
        self.error: Exception | None = None

    def __call__(self, socket: Path, account: str, first: int) -> Sequence[Job]:
        self.asked.append(first)
        if self.error:
            raise self.error
        return [job for job in self.jobs if job.id >= first]


def watcher(tmp_path: Path, seen: list[Seen], service: Service) -> PrintWatcher:
    (tmp_path / "cupsd.pid").touch()
    socket = tmp_path / "cups.sock"
    return PrintWatcher(seen.append, "a.clarke", socket=socket, every=0.02, now=lambda: 1000.5, ask=service)


@needs_cups
def test_what_is_printed_is_seen_once_by_its_name() -> None:
    seen = list[Seen]()
    with cups() as socket:
        printed = PrintWatcher(seen.append, "nobody", socket=socket, every=0.1)
        printed.obey(ON)
        print_text(socket, "The Nile", "nobody")
        until(lambda: any(each.text == "The Nile" for each in seen))
        print_text(socket, "The Don", "nobody")
        until(lambda: any(each.text == "The Don" for each in seen))
        printed.close()
    (last,) = [each for each in seen if each.text == "The Don"]
    assert (last.channel, last.direction, last.app) == (Channel.FILE_NAME, Direction.WRITTEN, "Printing")
    assert printed.health() == []


def test_what_was_printed_before_it_was_wanted_is_never_said(tmp_path: Path) -> None:
    seen, service = list[Seen](), Service()
    service.jobs = [Job(id=3, name="Before", created=900), Job(id=4, name="Since", created=1000)]
    printed = watcher(tmp_path, seen, service)
    printed.obey(ON)
    until(lambda: 5 in service.asked)
    printed.close()
    assert [each.text for each in seen] == ["Since"]


def test_a_service_that_sleeps_is_not_woken(tmp_path: Path) -> None:
    seen, service = list[Seen](), Service()
    service.jobs = [Job(id=1, name="The Nile", created=1000)]
    printed = watcher(tmp_path, seen, service)
    (tmp_path / "cupsd.pid").unlink()
    printed.obey(ON)
    until(lambda: any(thread.name == "prints" for thread in threading.enumerate()))
    assert service.asked == []
    (tmp_path / "cupsd.pid").touch()
    until(lambda: bool(seen))
    printed.close()
    assert len(seen) == 1


def test_what_goes_wrong_is_said_until_it_goes_well(tmp_path: Path) -> None:
    service = Service()
    service.error = ValueError("the printing service answers with status 0x0403")
    printed = watcher(tmp_path, [], service)
    assert printed.health() == []
    printed.obey(ON)
    until(lambda: bool(printed.health()))
    assert printed.health() == [f"names of what is printed are not seen: {service.error}"]
    service.error = None
    until(lambda: not printed.health())
    printed.close()
