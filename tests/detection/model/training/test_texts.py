import json
from pathlib import Path

from detection.library import Category
from detection.model.second_opinion import SAFE
from detection.model.training.texts import open_sets, own

SENTENCES = Path(__file__).parents[4] / "benchmarks" / "sentences"


def test_our_own_texts_are_whole_and_of_known_labels() -> None:
    labels = {example.label for example in own()}
    assert labels - {SAFE} <= set(Category)
    assert SAFE in labels


def test_no_sentence_that_accuracy_is_measured_with_is_trained_on() -> None:
    lines = [line for file in SENTENCES.glob("*.tsv") for line in file.read_text("utf-8").splitlines()]
    measured = {line.split("\t")[2].strip().lower() for line in lines if not line.startswith("#")}
    assert measured
    assert measured.isdisjoint(example.text.strip().lower() for example in own())


def test_only_sets_whose_licence_allows_it_are_read(tmp_path: Path) -> None:
    row = {"text": "rivers", "label": "unsafe", "category": "violence"}
    for name in ("strongreject", "some_other_set"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert [(e.text, e.label) for e in open_sets(tmp_path)] == [("rivers", "violence")]


def test_weakly_labelled_rows_count_half(tmp_path: Path) -> None:
    rows = [{"text": t, "label": "safe", "category": "safe", "grade": g} for t, g in (("a", "gold"), ("b", "weak"))]
    (tmp_path / "strongreject.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert sorted((e.text, e.weight) for e in open_sets(tmp_path)) == [("a", 1.0), ("b", 0.5)]
