"""Make weights in bytes small enough that every processor adds them up to the same number.

Processors without VNNI add two products of an unsigned and a signed byte in 16 bits, and what is over is cut off: there
the same sentence got another severity. Where two weights that follow each other make at most 128 together, 255 times
that fits. Imported by train.py; also the way to mend a file that was written without it:

    python scripts/narrow.py WEIGHTS.onnx
"""

import sys

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

MOST = 32767 // 255
"""Of two neighbours, without their signs."""


def narrow(model: onnx.ModelProto) -> None:
    """Each column whose neighbours are too large together is scaled down, and its scale up."""
    stored = {held.name: held for held in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        weights = stored[node.input[1]]
        scale = stored[node.input[1].replace("_quantized", "_scale")]
        narrowed, factor = _narrowed(numpy_helper.to_array(weights).astype(np.float64))
        weights.CopyFrom(numpy_helper.from_array(narrowed.astype(np.int8), weights.name))
        widened = (numpy_helper.to_array(scale) / factor).astype(np.float32)
        scale.CopyFrom(numpy_helper.from_array(widened, scale.name))


def _narrowed(weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(rows, columns); with what each column was multiplied by."""
    factor = np.minimum(1.0, MOST / _neighbours(weights))
    while (over := _neighbours(np.rint(weights * factor)) > MOST).any():
        factor = np.where(over, factor * 0.99, factor)
    return np.rint(weights * factor), factor


def _neighbours(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The largest sum of two that follow each other, for each column."""
    largest: NDArray[np.float64] = np.abs(weights).reshape(-1, 2, weights.shape[1]).sum(1).max(0)
    return largest


if __name__ == "__main__":
    read = onnx.load(sys.argv[1])
    narrow(read)
    onnx.save(read, sys.argv[1])
