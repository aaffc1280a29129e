"""Put the reader of runs of letters beside the transformer into one file, which then gives the mean of both.

    PYTHONPATH=. python scripts/join.py --first FIRST.onnx --runs RUNS.npz --out detection/model/second_opinion.onnx

The parts are what train.py (or train_on.py) and train_runs.py write; the first may also be a file that was joined
before, of which the transformer is taken. The mean is the geometric one: shares are multiplied, and scaled to one.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, ModelProto, TensorProto, helper, numpy_helper

from detection.model.encoder import RUNS, SHARES

JOINED = "joined/"
"""How the names begin of all that is added."""
OF_RUNS = 0.55
"""What the reader of runs counts, of 1."""
LEAST = 1e-7
"""A share, so that it has a logarithm."""


def first_alone(model: ModelProto) -> str:
    """Takes out what was joined to it, and gives the name of what it says."""
    graph = model.graph
    for held in (graph.node, graph.initializer, graph.input):
        for each in [each for each in held if each.name.startswith(JOINED) or each.name == RUNS]:
            held.remove(each)
    last = graph.node[-1]
    last.output[:] = [f"{JOINED}first"]
    return last.output[0]


def join(graph: GraphProto, first: str, read: Mapping[str, np.ndarray]) -> None:
    """``read``: what train_runs.py writes. ``sums`` (runs, sums): bytes, added up over a text's runs and divided by the
    root of their count; ``sums_scale`` and ``sums_bias`` (sums); ``onto`` (sums, labels); ``bias`` (labels)."""
    graph.input.append(helper.make_tensor_value_info(RUNS, TensorProto.INT64, ["runs"]))
    held = {"axis": np.array([0], np.int64), "least": _number(LEAST), "one": np.array([1], np.float32), **read}
    held |= {"of_first": _number(1 - OF_RUNS), "of_runs": _number(OF_RUNS)}
    for name, value in held.items():
        graph.initializer.append(numpy_helper.from_array(value, JOINED + name))
    _add(graph, "Shape", [RUNS], "count")
    _add(graph, "Cast", ["count"], "many", to=TensorProto.FLOAT)
    _add(graph, "Max", ["many", "one"], "at_least_one")
    _add(graph, "Sqrt", ["at_least_one"], "root")
    _add(graph, "Gather", ["sums", RUNS], "taken")
    _add(graph, "Cast", ["taken"], "numbers", to=TensorProto.FLOAT)
    _add(graph, "ReduceSum", ["numbers", "axis"], "added", keepdims=1)
    _add(graph, "Div", ["added", "root"], "divided")
    _add(graph, "Mul", ["divided", "sums_scale"], "scaled")
    _add(graph, "Add", ["scaled", "sums_bias"], "moved")
    _add(graph, "Relu", ["moved"], "above")
    _add(graph, "MatMul", ["above", "onto"], "unmoved")
    _add(graph, "Add", ["unmoved", "bias"], "scores")
    _add(graph, "LogSoftmax", ["scores"], "runs_log", axis=-1)
    _add(graph, "Mul", ["runs_log", "of_runs"], "runs_part")
    _add(graph, "Max", [first, "least"], "first_held")
    _add(graph, "Log", ["first_held"], "first_log")
    _add(graph, "Mul", ["first_log", "of_first"], "first_part")
    _add(graph, "Add", ["runs_part", "first_part"], "together")
    _add(graph, "Softmax", ["together"], SHARES, axis=-1)


def _add(graph: GraphProto, kind: str, inputs: list[str], name: str, **settings: int) -> None:
    inputs = [each if each == RUNS or each.startswith(JOINED) else JOINED + each for each in inputs]
    output = name if name == SHARES else JOINED + name
    graph.node.append(helper.make_node(kind, inputs, [output], name=JOINED + name, **settings))


def _number(value: float) -> np.ndarray:
    return np.array(value, np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("first", "runs", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    model = onnx.load(str(given.first))
    first = first_alone(model)
    with np.load(given.runs) as held:
        join(model.graph, first, held)
    onnx.checker.check_model(model)
    onnx.save(model, str(given.out))


if __name__ == "__main__":
    main()
