"""Fit only the second opinion's last layer again, when sentences have come to the corpus. Needs torch and onnx too.

    PYTHONPATH=. python scripts/refit_head.py --sets FOLDER --new NAME ... --weights detection/model/second_opinion.onnx

Three minutes on one core, where ``train.py`` takes half an hour on two. The encoder has learnt the older sentences by
heart and the head with it, so what is new would pull it too far: the head becomes the mean of what it was and of two
fits, a quick and a slow one, on the new files of the corpus and a sample of all other texts.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from narrow import narrow
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F

from detection.model.encoder import LABELS, LONGEST, NUMBERS, PIECES
from detection.model.training.texts import CORPUS, Example, open_sets, own
from detection.model.wordpiece import WordPieces

READ = "/model/Div_output_0"
"""The mean of what was read, as ``train.py`` has it written."""
HEAD, BIAS = "model.head.weight_Transposed", "model.head.bias"
OURS, OPEN = 3500, 1500
"""Older texts read beside the new ones."""
FITS = ((3e-3, 3.0, 1e-3), (1e-3, 2.0, 3e-3))
"""Rate, what a new sentence counts, what it costs to leave the head as it was."""
ROUNDS = 10


def examples(sets: Path, new: list[str], rng: random.Random) -> tuple[list[Example], int]:
    """The new ones first, and how many they are."""
    lines = [line for name in new for line in (CORPUS / f"{name}.tsv").read_text("utf-8").splitlines()]
    added = {line.split("\t")[2] for line in lines}
    ours, opened = list(own()), list(open_sets(sets))
    fresh = [each for each in ours if each.text in added]
    older = rng.sample([each for each in ours if each.text not in added], OURS)
    return [*fresh, *older, *rng.sample(opened, min(OPEN, len(opened)))], len(fresh)


def read(model: onnx.ModelProto, pieces: list[str], texts: list[str]) -> Tensor:
    """A row a text, by the weights in bytes: as the head will get it."""
    whole = onnx.ModelProto()
    whole.CopyFrom(model)
    whole.graph.output.append(onnx.helper.make_tensor_value_info(READ, onnx.TensorProto.FLOAT, None))
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session, cutter = ort.InferenceSession(whole.SerializeToString(), options), WordPieces(pieces)
    rows = [session.run([READ], {NUMBERS: np.array([cutter.encode(text, LONGEST)], np.int64)})[0][0] for text in texts]
    return torch.from_numpy(np.array(rows))


def head_of(model: onnx.ModelProto) -> nn.Linear:
    held = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    weights = held[f"{HEAD}_quantized"].astype(np.float32) * held[f"{HEAD}_scale"]
    head = nn.Linear(*weights.shape)
    head.weight.data, head.bias.data = torch.from_numpy(weights.T.copy()), torch.from_numpy(held[BIAS].copy())
    return head


def fit(head: nn.Linear, read_as: Tensor, wanted: Tensor, counts: Tensor, rate: float, stay: float) -> nn.Linear:
    was = head.weight.data.clone()
    optimiser = torch.optim.Adam(head.parameters(), rate)
    for _ in range(ROUNDS):
        for part in torch.randperm(len(read_as)).split(64):
            scores = head(F.dropout(read_as[part], 0.1))
            each = F.cross_entropy(scores, wanted[part], reduction="none", label_smoothing=0.01)
            loss = (each * counts[part]).mean() + stay * ((head.weight - was) ** 2).sum()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return head


def put(model: onnx.ModelProto, heads: list[nn.Linear]) -> None:
    """The mean of ``heads`` in bytes, a scale for each label."""
    weights = torch.stack([head.weight.data for head in heads]).mean(0).T.numpy()
    bias = torch.stack([head.bias.data for head in heads]).mean(0).numpy()
    scale = (np.abs(weights).max(0) / 127).astype(np.float32)
    new = {f"{HEAD}_quantized": np.rint(weights / scale).astype(np.int8), f"{HEAD}_scale": scale, BIAS: bias}
    for held in model.graph.initializer:
        if held.name in new:
            held.CopyFrom(numpy_helper.from_array(new[held.name], held.name))
    narrow(model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--new", nargs="+", required=True, help="names of files of the corpus, without .tsv")
    parser.add_argument("--weights", type=Path, required=True, help="read, and replaced")
    given = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    model = onnx.load(str(given.weights))
    told = {each.key: json.loads(each.value) for each in model.metadata_props}
    labels: list[str] = told[LABELS]
    chosen, new = examples(given.sets, given.new, random.Random(2))  # noqa: S311  # no secret is made of it
    read_as = read(model, told[PIECES], [each.text for each in chosen])
    wanted = torch.tensor([labels.index(each.label) for each in chosen])
    heads = [head_of(model)]
    for rate, fresh, stay in FITS:
        counts = torch.tensor([each.weight * (fresh if i < new else 1.0) for i, each in enumerate(chosen)])
        heads.append(fit(head_of(model), read_as, wanted, counts, rate, stay))
    put(model, heads)
    onnx.save(model, str(given.weights))


if __name__ == "__main__":
    main()
