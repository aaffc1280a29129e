"""What a worker that has ended could not deliver is delivered by a process that does nothing else."""

import shutil

from tests.proxy_addons.conftest import RUN, gateway, settings, started
from tests.proxy_addons.deadline import eventually
from tests.proxy_addons.origin import Answer


def test_it_delivers_what_waits_in_the_place_and_ends(tmp_path):
    with gateway(tmp_path, appliance_is_down=True) as left:
        left.web.answers["/page"] = Answer(b"<p>i want to hurt myself seventeenth</p>")
        left.browser().request("GET", "https://forum.test/page", headers={"Accept": "text/html"})
        left.process.kill()
        left.process.communicate(timeout=60)
        for file in (tmp_path / "state").glob("outbox.db*"):
            shutil.move(file, file.with_name(file.name.replace("outbox", "outbox-3")))
        config = settings(tmp_path, left.appliance.url, left.hosts)
        config.write_text(config.read_text() + "[supervisor]\n")
        with started(f"import sys; sys.argv += ['--worker', '3', '--deliver']; {RUN}", config) as courier:
            report = eventually(lambda: next(iter(left.appliance.reports), None), 90)
            assert courier.wait(60) == 0
        assert "seventeenth" in report.detection.observation.text
