"""A small transformer in plain numpy: pieces of words in, a probability for each label out.

Three layers of MiniLM (12 heads, 384 wide) trained on for our labels; see card.md. Nothing but matrix products, so
that a gateway needs no deep-learning runtime.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detection.model.wordpiece import WordPieces

Matrix = NDArray[np.float32]

LONGEST = 96
"""Pieces read at once."""
HEADS = 12
_TINY = np.float32(1e-12)


@dataclass(frozen=True)
class Layer:
    """Weights as (out, in); the three of attention's questions, keys and values are one matrix."""

    asked: Matrix
    asked_bias: Matrix
    out: Matrix
    out_bias: Matrix
    norm: Matrix
    wide: Matrix
    wide_bias: Matrix
    narrow: Matrix
    narrow_bias: Matrix
    last_norm: Matrix


class Encoder:
    def __init__(self, file: Path) -> None:
        """Reads what ``pack`` wrote. OSError, KeyError or ValueError where the file is not that."""
        with np.load(file, allow_pickle=False) as stored:
            self._stored = {name: stored[name] for name in stored.files}
        self.labels = tuple(str(label) for label in self._stored["labels"])
        self._pieces = WordPieces([str(piece) for piece in self._stored["pieces"]])
        self._words, self._places = self._matrix("words"), self._matrix("places")
        self._first_norm, self._head, self._head_bias = (self._matrix(n) for n in ("norm", "head", "head_bias"))
        names = list(Layer.__dataclass_fields__)
        count = int(self._stored["layers"])
        self._layers = [Layer(**{n: self._matrix(f"{i}.{n}") for n in names}) for i in range(count)]
        del self._stored

    def probabilities(self, text: str) -> Matrix:
        """For each of ``labels``; they add up to 1."""
        x = self._read(self._pieces.encode(text, LONGEST))
        scores = self._head @ x.mean(axis=0) + self._head_bias
        return _softmax(scores)

    def _read(self, numbers: list[int]) -> Matrix:
        x = _normed(self._words[numbers] + self._places[: len(numbers)], self._first_norm)
        for layer in self._layers:
            x = _normed(x + _attended(x, layer) @ layer.out.T + layer.out_bias, layer.norm)
            x = _normed(
                x + _gelu(x @ layer.wide.T + layer.wide_bias) @ layer.narrow.T + layer.narrow_bias, layer.last_norm
            )
        return x

    def _matrix(self, name: str) -> Matrix:
        """Stored as bytes with a scale for each row, or as they are."""
        value: Matrix = self._stored[name].astype(np.float32)
        if (scale := self._stored.get(f"{name}/scale")) is not None:
            value *= scale[:, None].astype(np.float32)
        return value


def _attended(x: Matrix, layer: Layer) -> Matrix:
    size = x.shape[1]
    asked = (x @ layer.asked.T + layer.asked_bias).reshape(len(x), 3, HEADS, size // HEADS)
    questions, keys, values = asked.transpose(1, 2, 0, 3)
    likeness: Matrix = questions @ keys.transpose(0, 2, 1) * np.float32((size // HEADS) ** -0.5)
    weights = _softmax(likeness)
    mixed: Matrix = (weights @ values).transpose(1, 0, 2).reshape(len(x), size)
    return mixed


def _normed(x: Matrix, norm: Matrix) -> Matrix:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", centred, centred)[:, None] / np.float32(x.shape[1]) + _TINY)
    normed: Matrix = centred / spread * norm[0] + norm[1]
    return normed


def _gelu(x: Matrix) -> Matrix:
    curve: Matrix = np.tanh(x * (np.float32(0.7978845608) + np.float32(0.0356774081) * x * x))
    return np.float32(0.5) * x * (np.float32(1) + curve)


def _softmax(x: Matrix) -> Matrix:
    raised = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def pack(file: Path, labels: list[str], pieces: list[str], layers: int, matrices: dict[str, Matrix]) -> None:
    """Write weights for ``Encoder``: matrices as bytes with a scale for each row, vectors as they are."""
    stored: dict[str, NDArray[np.generic]] = {
        "labels": np.array(labels), "pieces": np.array(pieces), "layers": np.array(layers),
    }  # fmt: skip
    for name, matrix in matrices.items():
        if matrix.ndim == 2 and len(matrix) > 2:
            scale = np.maximum(np.abs(matrix).max(axis=1), 1e-8) / 127
            stored[name] = np.round(matrix / scale[:, None]).astype(np.int8)
            stored[f"{name}/scale"] = scale.astype(np.float16 if scale.min() > 1e-4 else np.float32)
        else:
            stored[name] = matrix.astype(np.float32)
    np.savez_compressed(file, **stored)  # type: ignore[arg-type]  # its stub takes one dtype for all
