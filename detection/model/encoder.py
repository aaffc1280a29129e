"""Two small readers, whose mean is taken: pieces of words and runs of letters in, a probability for each label out.

Three layers of MiniLM trained on for our labels, and a weight for each run, in bytes; see card.md. One file holds
all: ONNX, whose metadata names the labels and the pieces. It is read as data, nothing in it can run.
"""

import json

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf

from detection.model.runs import runs
from detection.model.wordpiece import WordPieces

LONGEST = 96
"""Pieces read at once."""
NUMBERS, RUNS, SHARES = "numbers", "runs", "shares"
"""What goes in, (1, pieces) and (runs); what comes out, (1, labels). Files from before have no runs."""
LABELS, PIECES = "labels", "pieces"


class Encoder:
    def __init__(self, content: bytes) -> None:
        """What ``scripts/join.py`` wrote. ValueError where it is not that."""
        try:
            self._session = ort.InferenceSession(content, _options(), providers=["CPUExecutionProvider"])
            named = self._session.get_modelmeta().custom_metadata_map
            self._takes_runs = any(each.name == RUNS for each in self._session.get_inputs())
            self.labels = tuple(map(str, json.loads(named[LABELS])))
            self._pieces = WordPieces([str(piece) for piece in json.loads(named[PIECES])])
        except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, KeyError) as e:
            raise ValueError(f"the second opinion's weights are not what scripts/join.py writes: {e}") from e

    def probabilities(self, text: str) -> NDArray[np.float32]:
        """For each of ``labels``; they add up to 1."""
        given = {NUMBERS: np.array([self._pieces.encode(text, LONGEST)], np.int64)}
        if self._takes_runs:
            given[RUNS] = np.array(runs(text), np.int64)
        shares: NDArray[np.float32] = self._session.run([SHARES], given)[0][0]
        return shares


def _options() -> ort.SessionOptions:
    """One thread, the caller's: the cores belong to the traffic. No arena: a long text's memory is given back."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return options
