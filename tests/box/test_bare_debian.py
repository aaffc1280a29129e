"""Gatehouse on a bare Debian 13 and 12, each with its own Python and mitmproxy: set up by the real script, its tests
run in it.

A short sample where GATEHOUSE_ROUNDS is set. It asks Debian's mirrors and the package index.
"""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.box.bare_debian import PROJECT, RELEASES, BareDebian, Release, bare_debian, suite_of, why_not

SAMPLE = (
    "certificates/test_authority",
    "test_drain",
    "test_leaving_layer",
    "test_body_taps",
    "test_clear_layer",
    "test_first_part",
    "test_http1_trailers",
    "test_inspect_dns",
    "test_inspect_web",
    "test_lean_addons",
    "test_mitmproxy_dns",
    "test_mitmproxy_options",
    "test_stream_cuts",
    "test_transfer",
    "replay/test_dns_message",
    "replay/test_http2_recording",
    "replay/test_bare_messages",
    "replay/tls/test_layer",
)
"""What stands nearest to mitmproxy's insides, or has once failed there."""
ALL = ("tests/proxy_addons",)
TOOLS = ("curl", "tcpdump", "iproute2", "nftables", "procps", "libnss3-tools")
"""What the tests need beside what a box needs."""

PLACES = [f"tests/proxy_addons/{name}.py" for name in SAMPLE]


@pytest.fixture(scope="module", params=RELEASES, ids=suite_of)
def release(request: pytest.FixtureRequest) -> Release:
    chosen: Release = request.param
    return chosen


@pytest.fixture(scope="module")
def machine(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareDebian]:
    if reason := why_not():
        pytest.skip(reason)
    with ExitStack() as stack:
        try:
            made = stack.enter_context(bare_debian(tmp_path_factory.mktemp(release.suite) / "root", release.suite))
        except RuntimeError as e:
            pytest.skip(str(e))
        yield made


@pytest.fixture(scope="module")
def set_up(machine: BareDebian) -> BareDebian:
    """No compiler is there: every package must come as it is."""
    assert machine.run("sh", "-c", "command -v cc gcc").stdout == ""
    done = machine.run("scripts/setup", *TOOLS, within=2400)  # two minutes, where nothing else runs
    assert done.returncode == 0, done.stdout[-3000:]
    return machine


def test_what_the_sample_names_is_there() -> None:
    assert [file for file in PLACES if not (PROJECT / file).is_file()] == []


@pytest.mark.slow
def test_it_has_its_own_python_and_mitmproxy(set_up: BareDebian, release: Release) -> None:
    said = set_up.run(".venv-gateway/bin/mitmdump", "--version").stdout
    assert re.search(rf"^Mitmproxy: {re.escape(release.mitmproxy)}\b", said, re.MULTILINE), said
    assert re.search(rf"^Python: +{re.escape(release.python)}\.", said, re.MULTILINE), said


@pytest.mark.slow
def test_a_text_is_inspected(set_up: BareDebian) -> None:
    said = set_up.run("scripts/gatehouse", "inspect", "i want to end it all").stdout
    assert "self_harm" in said or "suicide" in said, said


@pytest.mark.slow
def test_the_gateways_tests_pass(set_up: BareDebian) -> None:
    chosen = PLACES if "GATEHOUSE_ROUNDS" in os.environ else ALL
    done = set_up.run(".venv-gateway/bin/pytest", "-q", "-x", "-m", "not slow", *chosen, within=3600)
    assert done.returncode == 0, done.stdout[-5000:]


@pytest.mark.slow
def test_types_are_checked_with_what_is_installed_there(set_up: BareDebian) -> None:
    done = set_up.run(".venv-gateway/bin/mypy", "proxy_addons")
    assert done.returncode == 0, done.stdout[-3000:]
