"""Train the reader that knows words and runs of letters. Needs torch too.

    PYTHONPATH=. python scripts/train_runs.py --sets FOLDER --labels detection/model/second_opinion.onnx --out RUNS.npz

On the texts that the first reader is trained on, with its labels. Some minutes of one core.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from detection.model.encoder import LABELS
from detection.model.runs import KINDS, runs
from detection.model.training.texts import open_sets, own

BATCH = 256
EPOCHS = 6
RATE, LAST_RATE = 0.15, 0.01
TOGETHER = 64
"""Numbers in which runs come together, each known by a sum over runs."""
FORGOTTEN = 0.5
"""The share of a text's runs that is left out by chance each time, so that none is relied upon alone."""
FEW = 8
"""Of so few runs none is left out."""
SMOOTHED = 0.05
"""Of each label, given to the others."""
LARGEST = 127
"""Of a weight in a byte."""


class Runs(nn.Module):
    """Scores of labels, from ``TOGETHER`` sums over a text's runs of which what is above nothing counts."""

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(labels))
        self.sums = nn.Parameter(torch.randn(KINDS, TOGETHER) * 0.1)
        self.sums_bias = nn.Parameter(torch.zeros(TOGETHER))
        self.onto = nn.Parameter(torch.randn(TOGETHER, labels) * 0.1)

    def forward(self, texts: list[Tensor]) -> Tensor:
        """Of a batch of texts, each the numbers of its runs: (texts, labels)."""
        many = torch.tensor([len(each) for each in texts])
        every, firsts = torch.cat(texts), torch.cumsum(many, 0) - many
        share = torch.repeat_interleave(many.float().rsqrt(), many)
        sums = F.embedding_bag(every, self.sums, firsts, mode="sum", per_sample_weights=share, sparse=True)
        return torch.relu(sums + self.sums_bias) @ self.onto + self.bias


def train(model: Runs, found: list[Tensor], wanted: Tensor, counts: Tensor, rng: random.Random) -> None:
    """``counts``: how much each text does."""
    optimiser = torch.optim.Adagrad(model.parameters(), lr=RATE)
    order = list(range(len(found)))
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS) + LAST_RATE
        losses = []
        for start in range(0, len(order), BATCH):
            which = order[start : start + BATCH]
            scores = model([_some(found[i]) for i in which])
            each = F.cross_entropy(scores, wanted[which], reduction="none", label_smoothing=SMOOTHED)
            loss = (each * counts[which]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        print(f"epoch {epoch}: loss {sum(losses) / len(losses):.3f}", flush=True)


def _some(text: Tensor) -> Tensor:
    return text[torch.rand(len(text)) > FORGOTTEN] if len(text) > FEW else text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--labels", type=Path, required=True, help="the weights whose labels are given")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    torch.manual_seed(1)
    rng = random.Random(2)  # noqa: S311  # no secret is made of it
    told = {each.key: json.loads(each.value) for each in onnx.load(str(given.labels)).metadata_props}
    labels = told[LABELS]
    examples = [each for each in (*own(), *open_sets(given.sets)) if runs(each.text)]
    found = [torch.tensor(runs(each.text)) for each in examples]
    wanted = torch.tensor([labels.index(each.label) for each in examples])
    model = Runs(len(labels))
    train(model, found, wanted, torch.tensor([each.weight for each in examples]), rng)
    held = {name: each.numpy() for name, each in model.state_dict().items()}
    scale = np.abs(held["sums"]).max(0) / LARGEST
    held["sums"] = np.round(held["sums"] / scale).astype(np.int8)
    np.savez(given.out, sums_scale=scale, **held)


if __name__ == "__main__":
    main()
