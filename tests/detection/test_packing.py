"""What is packed can be opened by the appliance, named as the contract says, and is never too large for it."""

import hashlib
import json
from pathlib import Path

import pytest

from detection.observation import Evidence
from detection.packing import LARGEST_REPORT, bundle_of, seal_report, seal_supplement
from detection.sealing import Opener, Sealer, new_key
from detection.wire import Supplement, parse, parse_supplement
from tests.detection.factories import NOW, detection, match, observation


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Sealer, Opener]:
    new_key(tmp_path / "private", tmp_path / "public")
    return Sealer((tmp_path / "public").read_bytes()), Opener((tmp_path / "private").read_bytes())


def evidence(*bodies: bytes) -> Evidence:
    by_hash = {hashlib.sha256(body).hexdigest(): body for body in bodies}
    return Evidence(index=json.dumps({"log": {"entries": sorted(by_hash)}}).encode(), bodies=by_hash)


def test_a_report_names_the_evidence_that_follows(keys: tuple[Sealer, Opener]) -> None:
    sealer, opener = keys
    recorded = evidence(b"<p>a page</p>", b"a picture")
    bundle = bundle_of(recorded, sealer)
    assert bundle
    report = parse(opener.open(seal_report(detection(), bundle, "", sealer)))
    assert report.detection == detection()
    assert report.evidence == bundle.names
    opened = {name: opener.blob(name, sealed) for name, sealed in bundle.blobs}
    assert opened[bundle.names.index] == recorded.index
    assert {name: hashlib.sha256(content).hexdigest() for name, content in opened.items()} == bundle.names.blobs
    assert sorted(opened.values()) == sorted([recorded.index, *recorded.bodies.values()])
    assert not bundle.names.truncated


def test_a_report_without_evidence_says_why(keys: tuple[Sealer, Opener]) -> None:
    sealer, opener = keys
    report = parse(opener.open(seal_report(detection(), None, "Nothing was recorded.", sealer)))
    assert (report.evidence, report.evidence_note) == (None, "Nothing was recorded.")


def test_a_body_that_is_too_large_is_left_out_and_said_so(keys: tuple[Sealer, Opener]) -> None:
    sealer, _ = keys
    bundle = bundle_of(evidence(b"small", bytes(2000)), sealer, largest=1000)
    assert bundle
    assert (len(bundle.blobs), bundle.names.truncated) == (2, True)


def test_an_index_that_is_too_large_is_no_bundle(keys: tuple[Sealer, Opener]) -> None:
    sealer, _ = keys
    assert bundle_of(Evidence(index=bytes(2000)), sealer, largest=1000) is None


@pytest.mark.parametrize("letter", ["x", "\x01", "🙂"], ids=["plain", "control", "emoji"])
def test_no_report_is_too_large_for_the_contract(keys: tuple[Sealer, Opener], letter: str) -> None:
    sealer, opener = keys
    text = letter * 4_000_000 + "nobody likes you"
    long = detection(
        observation=observation(text=text, location=letter * 10**6),
        matches=(match(start=4_000_000, end=4_000_016),),
    )
    sealed = seal_report(long, None, "", sealer)
    assert len(sealed) <= LARGEST_REPORT + 100
    read = parse(opener.open(sealed)).detection
    assert read.observation.text[read.matches[0].start : read.matches[0].end] == "nobody likes you"


def test_a_supplement_names_its_bundle(keys: tuple[Sealer, Opener]) -> None:
    sealer, opener = keys
    bundle = bundle_of(evidence(b"a page"), sealer)
    assert bundle
    read = parse_supplement(opener.open(seal_supplement("7", NOW, bundle, sealer)))
    assert read == Supplement(id="7", reported_at=NOW, evidence=bundle.names)


@pytest.mark.parametrize("extra", [0, 1, 500])
def test_the_size_of_a_report_says_no_more_than_the_step(keys: tuple[Sealer, Opener], extra: int) -> None:
    sealer, opener = keys
    said = detection(observation=observation(text="nobody likes you" + "." * extra))
    sealed = seal_report(said, None, "", sealer, 16384)
    assert len(opener.open(sealed)) == 16384
    assert parse(opener.open(sealed)).detection == said
