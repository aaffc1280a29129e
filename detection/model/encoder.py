"""A small transformer: pieces of words in, a probability for each label out.

Three layers of MiniLM trained on for our labels, in bytes; see card.md. One file holds all: ONNX, whose metadata names
the labels and the pieces. It is read as data, nothing in it can run.
"""

import json

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

from detection.model.wordpiece import WordPieces

LONGEST = 96
"""Pieces read at once."""
NUMBERS, SHARES = "numbers", "shares"
"""What goes in, (1, pieces); what comes out, (1, labels)."""
LABELS, PIECES = "labels", "pieces"


class Encoder:
    def __init__(self, content: bytes) -> None:
        """What ``scripts/train.py`` wrote. ValueError where it is not that."""
        try:
            self._session = ort.InferenceSession(content, _options(), providers=["CPUExecutionProvider"])
            named = self._session.get_modelmeta().custom_metadata_map
            self.labels = tuple(map(str, json.loads(named[LABELS])))
            self._pieces = WordPieces([str(piece) for piece in json.loads(named[PIECES])])
        except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, KeyError) as e:
            raise ValueError(f"the second opinion's weights are not what scripts/train.py writes: {e}") from e

    def probabilities(self, text: str) -> NDArray[np.float32]:
        """For each of ``labels``; they add up to 1."""
        numbers = np.array([self._pieces.encode(text, LONGEST)], np.int64)
        shares: NDArray[np.float32] = self._session.run([SHARES], {NUMBERS: numbers})[0][0]
        return shares


def _options() -> ort.SessionOptions:
    """One thread, the caller's: the cores belong to the traffic. No arena: a long text's memory is given back."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return options
