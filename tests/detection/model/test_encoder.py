from pathlib import Path

import numpy as np
import pytest

from detection.model.encoder import Encoder, pack

PIECES = ["[UNK]", "[CLS]", "[SEP]", "calm", "storm"]
SIZE, WIDE = 24, 48


def matrices(seed: int = 1) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> np.ndarray:
        return rng.normal(0, 0.2, shape).astype(np.float32)

    norm = np.stack([np.ones(SIZE), np.zeros(SIZE)]).astype(np.float32)
    layer = {
        "asked": some(3 * SIZE, SIZE), "asked_bias": some(3 * SIZE), "out": some(SIZE, SIZE), "out_bias": some(SIZE),
        "norm": norm, "wide": some(WIDE, SIZE), "wide_bias": some(WIDE), "narrow": some(SIZE, WIDE),
        "narrow_bias": some(SIZE), "last_norm": norm,
    }  # fmt: skip
    return {f"0.{name}": value for name, value in layer.items()} | {
        "words": some(len(PIECES), SIZE), "places": some(96, SIZE), "norm": norm, "head": some(3, SIZE),
        "head_bias": some(3),
    }  # fmt: skip


@pytest.fixture
def encoder(tmp_path: Path) -> Encoder:
    pack(tmp_path / "w.npz", ["safe", "abuse", "drugs"], PIECES, 1, matrices())
    return Encoder(tmp_path / "w.npz")


def test_every_label_gets_a_share_of_one(encoder: Encoder) -> None:
    shares = encoder.probabilities("calm storm")
    assert encoder.labels == ("safe", "abuse", "drugs")
    assert shares.shape == (3,)
    assert shares.sum() == pytest.approx(1, abs=1e-5)


def test_the_order_of_words_matters(encoder: Encoder) -> None:
    assert not np.allclose(encoder.probabilities("calm storm"), encoder.probabilities("storm calm"))


def test_what_is_longer_than_is_read_changes_nothing(encoder: Encoder) -> None:
    assert np.array_equal(encoder.probabilities("calm " * 200), encoder.probabilities("calm " * 300))


def test_bytes_with_a_scale_are_close_to_the_weights(tmp_path: Path) -> None:
    made = matrices()
    pack(tmp_path / "w.npz", ["safe", "abuse", "drugs"], PIECES, 1, made)
    stored = np.load(tmp_path / "w.npz", allow_pickle=False)
    again = stored["0.wide"] * stored["0.wide/scale"][:, None].astype(np.float32)
    assert stored["0.wide"].dtype == np.int8
    assert np.abs(again - made["0.wide"]).max() < 0.01


def test_a_file_of_pickled_objects_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", labels=np.array([{"any": "object"}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="pickle"):
        Encoder(tmp_path / "w.npz")
