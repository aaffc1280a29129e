"""Nothing is believed that the publisher's keys have not signed lately."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

pytest.importorskip("tuf")

from appliance.updates.source import Source, UpdateError


def test_the_newest_release_is_offered_and_its_archive_downloaded_once(publisher, settings):
    first = publisher.new().release("first")
    assert Source(settings()).offer() == first
    second = publisher.release("second")
    source = Source(settings())
    assert source.offer() == second
    got = source.fetch(second)
    assert got.read_bytes() == (publisher.work / "second.tar.gz").read_bytes()
    shutil.rmtree(publisher.folder / "targets")
    assert source.fetch(second) == got


def test_a_stick_will_do(publisher, settings):
    offer = publisher.new().release("first")
    source = Source(settings(source=str(publisher.folder)))
    assert source.offer() == offer
    assert source.fetch(offer).exists()


def refused(settings, **more):
    with pytest.raises(UpdateError) as why:
        _newest(Source(settings(**more)))
    return str(why.value)


def _newest(source):
    return source.fetch(source.offer())


def test_a_changed_archive_is_refused(publisher, settings):
    offer = publisher.new().release("first")
    (file,) = (publisher.folder / "targets").glob(f"*.{offer.archive}")
    content = bytearray(file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)
    assert "not what was signed" in refused(settings)
    assert not list((settings().state / "downloads").glob("gatehouse-*"))


@pytest.mark.parametrize("role", ["timestamp.json", "2.snapshot.json", "2.targets.json"])
def test_changed_metadata_is_refused(publisher, settings, role):
    publisher.new().release("first")
    file = publisher.folder / "metadata" / role
    file.write_bytes(file.read_bytes().replace(b'"expires":"20', b'"expires":"21', 1))
    assert "not signed by the publisher" in refused(settings)


def test_one_who_holds_newer_things_back_is_noticed_within_a_fortnight(publisher, settings):
    then = datetime.now(UTC) - timedelta(days=15)
    publisher.new(then).release("first", then)
    assert "has not been signed anew in time" in refused(settings)
    publisher.repository.refresh(datetime.now(UTC))
    assert Source(settings()).offer().notes == "Now with first."


def test_an_older_release_than_was_seen_is_refused(publisher, settings, tmp_path):
    publisher.new().release("first")
    shutil.copytree(publisher.folder, tmp_path / "kept")
    publisher.release("second")
    Source(settings()).offer()
    shutil.rmtree(publisher.folder / "metadata")
    shutil.copytree(tmp_path / "kept" / "metadata", publisher.folder / "metadata")
    assert "older than what was seen before" in refused(settings)


@pytest.mark.parametrize("replaced", [(), ("timestamp", "snapshot"), ("targets",), ("root", "targets")])
def test_a_box_follows_when_the_publisher_renews_its_root_and_keys(publisher, settings, tmp_path, replaced):
    publisher.new().release("first")
    shutil.copyfile(publisher.root, tmp_path / "root.json")
    assert Source(settings(root=tmp_path / "root.json")).offer()
    publisher.repository.renew(datetime.now(UTC), replaced)
    assert Source(settings(root=tmp_path / "root.json")).offer().notes == "Now with first."
    newest = publisher.release("second")
    assert Source(settings(root=tmp_path / "root.json", state=tmp_path / "another box")).offer() == newest


def test_a_key_that_was_replaced_signs_for_nobody(publisher, settings):
    publisher.new().release("first")
    publisher.repository.renew(datetime.now(UTC), ("timestamp",))
    stolen = publisher.work / "keys" / "timestamp.before-2"
    stolen.replace(publisher.work / "keys" / "timestamp.key")
    publisher.repository.refresh(datetime.now(UTC))
    assert "not signed by the publisher" in refused(settings)


def test_somebody_elses_signature_is_refused(publisher, settings, tmp_path):
    from appliance.updates.repository import Repository

    publisher.new().release("first")
    kept = tmp_path / "root.json"
    shutil.copyfile(publisher.root, kept)
    shutil.rmtree(publisher.folder / "metadata")
    Repository(publisher.folder, tmp_path / "other-keys").new(datetime.now(UTC))
    assert "not signed by the publisher" in refused(settings, root=kept)


def test_without_a_way_to_it_that_is_said(publisher, settings):
    publisher.new().release("first")
    assert "cannot be reached" in refused(settings, source="http://127.0.0.1:9")
    assert "cannot be reached" in refused(settings, source="/nowhere")


def test_a_publisher_with_nothing_to_offer(publisher, settings):
    publisher.new()
    publisher.repository.refresh(datetime.now(UTC))
    assert "does not offer release.json" in refused(settings)
