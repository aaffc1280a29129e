import os

from appliance.updates.releases import Releases


def test_the_current_one_is_where_the_link_leads_and_the_newest_of_the_others_comes_first(tmp_path):
    releases = Releases(tmp_path)
    assert (releases.current, releases.others) == ("", [])
    for number, version in enumerate(("1.0-a", "1.0-b", "1.0-c", ".1.0-d.new")):
        (tmp_path / "releases" / version).mkdir(parents=True)
        os.utime(tmp_path / "releases" / version, (number, number))
    (tmp_path / "current").symlink_to("/opt/gatehouse/releases/1.0-c")
    assert (releases.current, releases.others) == ("1.0-c", ["1.0-b", "1.0-a"])
    assert releases.folder("1.0-b") == tmp_path / "releases" / "1.0-b"
