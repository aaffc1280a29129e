from detection.library import Category
from detection.model.training.swaps import HARMLESS, OF_EACH, swaps
from tests.detection import fairness


def test_each_sentence_is_told_of_many_and_always_the_same() -> None:
    made = list(swaps())
    assert made == list(swaps())
    assert len(made) == len(set(made)) > OF_EACH * HARMLESS.count(";")
    assert {label for label, _ in made} <= {"safe", *Category}


def test_no_gap_is_left_open() -> None:
    assert [text for _, text in swaps() if set("{};:") & set(text)] == []


def test_no_sentence_is_one_that_fairness_is_tested_with() -> None:
    frames = (*fairness.HARMLESS, *fairness.DANGEROUS, *fairness.HATEFUL)
    tested = {frame.format(word) for frame in frames for word in fairness.WHO}
    tested |= {frame.format(word) for frame, words in fairness.DIALECT for word in words}
    assert {text for _, text in swaps()}.isdisjoint(tested)
