"""What is kept to each letter goes with it, whatever is put in or taken out beside it."""

from hypothesis import given
from hypothesis import strategies as st

from agent.session.kept_letters import AROUND, PASTED, STOOD, TYPED, KeptLetters

EDIT = st.tuples(st.integers(0, 30), st.integers(0, 8), st.text("ab. ", max_size=8), st.sampled_from([TYPED, PASTED]))


def letters(text: str, base: int = 0) -> KeptLetters:
    kept = KeptLetters()
    kept.forget(base)
    kept.put(0, text, STOOD)
    return kept


@given(st.lists(EDIT))
def test_each_letter_keeps_what_is_its_own(edits: list[tuple[int, int, str, int]]) -> None:
    kept, model = letters("it stood here"), [(letter, STOOD, False) for letter in "it stood here"]
    for at, removed, inserted, by in edits:
        at = min(at, len(model))
        removed = min(removed, len(model) - at)
        kept.cut(at, at + removed)
        kept.put(at, inserted, by, fresh=by == TYPED)
        model[at : at + removed] = [(letter, by, by == TYPED) for letter in inserted]
    assert list(zip(kept.text, kept.by, map(bool, kept.fresh), strict=True)) == model
    assert kept.numbers == [0] * len(model)


def test_what_is_known_is_had_as_far_as_it_is_kept() -> None:
    kept = letters("see you", base=100)
    assert kept.end == 107
    assert kept.has(100, "see you")
    assert kept.has(96, "and see you there")
    assert not kept.has(100, "saw you")
    assert not kept.has(107, " there")


def test_only_the_persons_own_next_letter_is_touched() -> None:
    kept = letters("...stood")
    kept.touch(0)
    assert 1 not in kept.fresh
    kept.put(0, "no. ", TYPED)
    kept.touch(0)
    assert kept.fresh == bytearray([1]) + bytearray(11)
    kept.all_said()
    assert 1 not in kept.fresh


def test_what_lies_far_away_is_not_kept() -> None:
    kept = letters("x" * 5 * AROUND, base=10)
    kept.put(3 * AROUND, "y", TYPED)
    kept.shorten(3 * AROUND)
    assert (kept.base, len(kept.text), kept.text.index("y")) == (10 + 2 * AROUND, 2 * AROUND, AROUND)
    assert len(kept.numbers) == len(kept.by) == len(kept.fresh) == 2 * AROUND
