import subprocess

from detection.never_backed_up import TAG, is_marked, mark


def test_a_marked_folder_is_left_out_by_tar_and_others_too(tmp_path):
    keys, beside = tmp_path / "all" / "keys", tmp_path / "all" / "beside"
    for folder in (keys, beside):
        folder.mkdir(parents=True)
        (folder / "file").write_text("content")
    mark(keys)
    assert (is_marked(keys), is_marked(beside)) == (True, False)
    packed = subprocess.run(
        ["tar", "--exclude-caches-all", "-cvf", "/dev/null", "all"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.decode()
    assert "beside/file" in packed
    assert "keys" not in packed


def test_a_file_of_that_name_with_other_content_marks_nothing(tmp_path):
    (tmp_path / TAG).write_text("something else")
    assert not is_marked(tmp_path)
