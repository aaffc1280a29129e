from detection.model.training.listed import listed


def test_a_text_may_go_over_the_end_of_a_line() -> None:
    assert listed("""
a lost
dog; bees; the human  heart
""") == ["a lost dog", "bees", "the human heart"]
