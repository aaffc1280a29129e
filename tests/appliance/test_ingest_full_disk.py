"""A real disk that fills under the appliance: nothing a sensor holds is lost, and words are taken to the last."""

from collections.abc import Iterator

import pytest

from appliance import chain_check, ingest, store
from appliance.models import Capture, EvidenceState
from appliance.room import Room
from detection.sealing import Opener
from images.vault import Vault
from tests.appliance import factories
from tests.appliance.factories import NOON, PRIVATE_KEY, envelope, fuller, report
from tests.appliance.ingesting import Appliance, started
from tests.tmpfs import Tmpfs

MB = 2**20


@pytest.fixture
def filling(tmpfs: Tmpfs) -> Iterator[Appliance]:
    """Its records and its vault on a small disk."""
    url = f"sqlite:///{tmpfs.folder / 'gatehouse.db'}"
    store.migrate(url)
    made = started(url, tmpfs.folder)
    room = Room(places=(tmpfs.folder,), recordings=12 * MB, pictures=6 * MB)
    vault = Vault(tmpfs.folder / "vault")
    app = ingest.create_ingest(made.sessions, Opener(PRIVATE_KEY), vault, lambda: NOON, None, room)
    made.client = app.test_client()
    yield made
    made.sessions.kw["bind"].dispose()


def post(filling: Appliance, number: int) -> int:
    return filling.post(envelope(report(f"obs-{number}", once=f"{number:064d}"))).status_code


def test_recordings_stop_first_and_come_once_there_is_room(filling: Appliance, tmpfs: Tmpfs) -> None:
    names, blobs = factories.bundle(b"index", b"page")
    assert filling.post(envelope(report("obs-1", evidence=names))).status_code == 201
    tmpfs.fill(leave=10 * MB)
    answers = {name: filling.put(f"/evidence/{name}", blob).status_code for name, blob in blobs.items()}
    assert set(answers.values()) == {507}
    assert filling.put("/detections/obs-1/evidence", fuller("obs-1", None)).status_code == 507
    assert post(filling, 2) == 201
    tmpfs.empty()
    for name, blob in blobs.items():
        assert filling.put(f"/evidence/{name}", blob).status_code == 201
    with filling.sessions() as session:
        first = session.get_one(Capture, (1, NOON, "obs-1"))
        assert first.evidence_state is EvidenceState.ATTACHED


def test_words_are_taken_to_the_last_byte_and_what_is_refused_is_whole_afterwards(
    filling: Appliance, tmpfs: Tmpfs
) -> None:
    tmpfs.fill(leave=MB)
    answers = [post(filling, number) for number in range(40)]
    assert answers[0] == 201
    tmpfs.fill()
    answers += [post(filling, number) for number in range(40, 300)]
    assert answers[-1] == 503
    assert set(answers) == {201, 503}
    assert filling.get("/bindings").status_code == 200
    with filling.sessions() as session:
        assert chain_check.faults(session, 1) == []
    tmpfs.empty()
    again = [post(filling, number) for number in range(300)]
    assert again == [200 if before == 201 else 201 for before in answers]
    assert filling.count(Capture) == 300
    with filling.sessions() as session:
        assert chain_check.faults(session, 1) == []
