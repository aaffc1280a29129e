import pytest

from appliance.updates.settings import UpdateSettings


@pytest.mark.parametrize("source", ["https://updates.example/gatehouse", "/media/stick", "http://127.0.0.1:8000"])
def test_updates_come_over_https_or_out_of_a_folder(source, tmp_path):
    assert UpdateSettings(source=source, root=tmp_path).source == source


@pytest.mark.parametrize("source", ["http://updates.example/", "ftp://updates.example/", "stick", ""])
def test_anything_else_is_refused(source, tmp_path):
    with pytest.raises(ValueError, match="neither an https:// address nor a folder"):
        UpdateSettings(source=source, root=tmp_path)


def test_patience_must_be_there(tmp_path):
    with pytest.raises(ValueError, match="patience_seconds"):
        UpdateSettings(source="/media", root=tmp_path, patience_seconds=0)
