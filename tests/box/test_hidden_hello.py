"""A browser that would hide which site it goes to from whoever stands between."""

from pathlib import Path

from tests.appliance.deadline import eventually
from tests.box.far_hosts import OUTER
from tests.box.named_side import UPSTREAM, upstream
from tests.box.place import Place
from tests.box.town import GATEWAY_PUPILS

NOTED = ("tcpdump", "--immediate-mode", "-U", "-i", "lan", "-w")


def browse(place: Place, folder: Path) -> str:
    """Chromium, asking the resolver of the place itself, as it does on other systems."""
    asks = "--enable-features=AsyncDns,UseDnsHttpsSvcb"
    quiet = ("--headless=new", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", asks)
    return place.run("chromium", *quiet, f"--user-data-dir={folder}", "--dump-dom", "https://hidden.test/").stdout


def test_a_browser_hides_the_name_of_a_site_from_the_internet_and_not_from_the_box(side, tmp_path):
    called = side.far.folder / "called"
    side.town.internet.resolvers(UPSTREAM)
    side.town.internet.hosts({})
    browse(side.town.internet, tmp_path / "outside")
    assert called.read_text().splitlines()[0] == OUTER
    called.unlink()
    before = side.counts()
    assert "found it" in browse(side.town.pupils, tmp_path / "inside")
    assert set(called.read_text().splitlines()) == {"hidden.test"}
    assert side.more(before)["flows"] >= 1


def test_a_browser_that_knows_the_key_all_the_same_is_read_under_the_name_it_gives_then(side, tmp_path):
    """It was given the record elsewhere, or by a resolver that nobody knows."""
    before, pupils, packets = side.counts(), side.town.pupils, tmp_path / "packets"
    with upstream(pupils, tmp_path, "127.0.0.1"), pupils.running(*NOTED, packets):
        eventually(lambda: packets.exists() and packets.stat().st_size)
        pupils.resolvers("127.0.0.1")
        try:
            assert "found it" in browse(pupils, tmp_path / "knowing")
        finally:
            pupils.resolvers(GATEWAY_PUPILS)
        eventually(lambda: b"hidden.test" in packets.read_bytes())
    sent = packets.read_bytes()
    assert 0 < sent.find(OUTER.encode()) < sent.find(b"hidden.test")
    assert side.more(before)["flows"] >= 1
