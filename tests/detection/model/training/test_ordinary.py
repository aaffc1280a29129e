from detection.model.training.ordinary import ordinary


def test_the_same_seed_gives_the_same_requests_each_once() -> None:
    made = list(ordinary(300))
    assert made == list(ordinary(300))
    assert len({text for _, text in made}) == 300
    assert {kind for kind, _ in made} == {"prompt", "search"}


def test_no_gap_is_left_open() -> None:
    assert [text for _, text in ordinary(500) if "{" in text or "}" in text] == []
