"""Train the reader that knows words and runs of letters: one weight a run and label. Needs torch too.

    PYTHONPATH=. python scripts/train_runs.py --sets FOLDER --labels detection/model/second_opinion.onnx --out RUNS.npz

On the texts that the first reader is trained on, with its labels. A minute of one core.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor
from torch.nn import functional as F
from train import SMOOTHED

from detection.model.encoder import LABELS
from detection.model.runs import KINDS, runs
from detection.model.training.texts import open_sets, own

BATCH = 256
EPOCHS = 4
RATE, LAST_RATE = 0.15, 0.01
LARGEST = 127
"""Of a weight in a byte."""


def train(found: list[np.ndarray], wanted: Tensor, counts: Tensor, labels: int, rng: random.Random) -> list[Tensor]:
    """Weights (runs, labels) and bias (labels); ``counts``: how much each text does."""
    weights, bias = torch.zeros(KINDS, labels, requires_grad=True), torch.zeros(labels, requires_grad=True)
    optimiser = torch.optim.Adagrad([weights, bias], lr=RATE)
    order = list(range(len(found)))
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS) + LAST_RATE
        losses = []
        for start in range(0, len(order), BATCH):
            which = order[start : start + BATCH]
            many = torch.tensor([len(found[i]) for i in which])
            every = torch.from_numpy(np.concatenate([found[i] for i in which]))
            share = torch.repeat_interleave(many.float().rsqrt(), many)
            firsts = torch.cumsum(many, 0) - many
            scores = F.embedding_bag(every, weights, firsts, mode="sum", per_sample_weights=share) + bias
            each = F.cross_entropy(scores, wanted[which], reduction="none", label_smoothing=SMOOTHED)
            loss = (each * counts[which]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        print(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f}", flush=True)
    return [weights.detach(), bias.detach()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True, help="the weights whose labels are given")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    rng = random.Random(2)  # noqa: S311  # no secret is made of it
    told = {each.key: json.loads(each.value) for each in onnx.load(str(given.labels)).metadata_props}
    labels = told[LABELS]
    examples = [each for each in (*own(), *open_sets(given.sets)) if runs(each.text)]
    found = [np.array(runs(each.text), np.int64) for each in examples]
    wanted = torch.tensor([labels.index(each.label) for each in examples])
    weights, bias = train(found, wanted, torch.tensor([each.weight for each in examples]), len(labels), rng)
    scale = weights.abs().max(0).values / LARGEST
    kept = torch.round(weights / scale).to(torch.int8)
    np.savez(given.out, weights=kept.numpy(), scale=scale.numpy(), bias=bias.numpy())


if __name__ == "__main__":
    main()
