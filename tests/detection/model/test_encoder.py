import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from detection.model.encoder import LONGEST, Encoder
from detection.model.second_opinion import SAFE, WEIGHTS

ENCODER = Encoder(WEIGHTS.read_bytes())


def test_every_label_gets_a_share_of_one() -> None:
    shares = ENCODER.probabilities("see you at the match")
    assert SAFE in ENCODER.labels
    assert shares.shape == (len(ENCODER.labels),)
    assert shares.sum() == pytest.approx(1, abs=1e-4)


def test_the_order_of_words_matters() -> None:
    one, other = map(ENCODER.probabilities, ("the dog bit the man", "the man bit the dog"))
    assert not np.allclose(one, other)


def test_what_is_longer_than_is_read_changes_nothing() -> None:
    one, other = (ENCODER.probabilities("calm " * times) for times in (LONGEST, 3 * LONGEST))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("content", [b"", b"any other file", WEIGHTS.read_bytes()[:5000]])
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not what scripts/join"):
        Encoder(content)


def test_the_runtime_keeps_nothing_of_its_own_and_reports_to_nobody(tmp_path: Path) -> None:
    """Left to itself it makes an id of the machine, and a store of what it will send to its maker."""
    loads = "from detection.model.encoder import Encoder; from detection.model.second_opinion import WEIGHTS; "
    program = f"{loads}Encoder(WEIGHTS.read_bytes()).probabilities('see you at the match')"
    home = os.environ | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-B", "-c", program], env=home, check=True)
    assert list(tmp_path.rglob("*")) == []
