"""Train the second opinion's transformer: three layers of MiniLM, taught by all six and by our labels. Needs torch and
onnx too.

    PYTHONPATH=. python scripts/train.py --base FOLDER --sets FOLDER --out FIRST.onnx

``--base`` holds all-MiniLM-L6-v2 (model.safetensors, tokenizer.json; Apache-2.0). 25 minutes on two cores. Then come
train_runs.py and join.py.
"""

import argparse
import json
import random
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from narrow import narrow
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from detection.model.encoder import LABELS, LONGEST, NUMBERS, PIECES, SHARES
from detection.model.second_opinion import SAFE
from detection.model.training.texts import Example, open_sets, own
from detection.model.wordpiece import WordPieces

HEADS = 12
TAKEN = (0, 2, 4)
"""The layers of the six that are kept."""
COMMON = 7000
"""Of the base's pieces, in order of how common they are, those kept whether or not our texts have them."""
BATCH = 32
SMOOTHED = 0.01
"""Of each label, given to the others: some labels of the open sets are wrong, but few alarms need a sure reader."""


class Layer(nn.Module):
    def __init__(self, base: dict[str, Tensor], number: int) -> None:
        super().__init__()
        part = f"encoder.layer.{number}."
        attention = [part + f"attention.self.{name}." for name in ("query", "key", "value")]
        both = {kind: torch.cat([base[name + kind] for name in attention]) for kind in ("weight", "bias")}
        self.asked, self.asked_bias = nn.Parameter(both["weight"]), nn.Parameter(both["bias"])
        self.out, self.out_bias, self.norm = _taken(base, part + "attention.output")
        self.wide = nn.Parameter(base[part + "intermediate.dense.weight"])
        self.wide_bias = nn.Parameter(base[part + "intermediate.dense.bias"])
        self.narrow, self.narrow_bias, self.last_norm = _taken(base, part + "output")

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        count, length, size = x.shape
        asked = F.linear(x, self.asked, self.asked_bias).view(count, length, 3, HEADS, size // HEADS)
        questions, keys, values = asked.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(questions, keys, values, attn_mask=mask[:, None, None, :])
        mixed = mixed.transpose(1, 2).reshape(count, length, size)
        x = _norm(x + F.dropout(F.linear(mixed, self.out, self.out_bias), 0.1, self.training), self.norm)
        wide = F.gelu(F.linear(x, self.wide, self.wide_bias), approximate="tanh")
        narrow = F.dropout(F.linear(wide, self.narrow, self.narrow_bias), 0.1, self.training)
        return _norm(x + narrow, self.last_norm)


class Model(nn.Module):
    def __init__(self, base: dict[str, Tensor], layers: tuple[int, ...], labels: int) -> None:
        super().__init__()
        self.words = nn.Parameter(base["embeddings.word_embeddings.weight"], requires_grad=False)
        places = base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        self.places = nn.Parameter(places[:LONGEST], requires_grad=False)
        self.norm = nn.Parameter(_pair(base, "embeddings.LayerNorm"))
        self.layers = nn.ModuleList(Layer(base, number) for number in layers)
        self.like = nn.Linear(self.words.shape[1], self.words.shape[1])
        self.head = nn.Linear(self.words.shape[1], labels)
        nn.init.eye_(self.like.weight)

    def forward(self, numbers: Tensor, mask: Tensor) -> Tensor:
        """The mean of what was read, a row a text."""
        x = _norm(self.words[numbers] + self.places[: numbers.shape[1]], self.norm)
        for layer in self.layers:
            x = layer(x, mask.bool())
        return (x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


class Shares(nn.Module):
    """What is kept: one text's pieces in, a share for each label out."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, numbers: Tensor) -> Tensor:
        mask = torch.ones_like(numbers, dtype=torch.float32)
        return F.softmax(self.model.head(self.model(numbers, mask)), dim=-1)


def _taken(base: dict[str, Tensor], part: str) -> tuple[nn.Parameter, nn.Parameter, nn.Parameter]:
    dense, norm = (nn.Parameter(base[f"{part}.dense.{kind}"]) for kind in ("weight", "bias")), f"{part}.LayerNorm"
    return (*dense, nn.Parameter(_pair(base, norm)))


def _pair(base: dict[str, Tensor], name: str) -> Tensor:
    return torch.stack([base[f"{name}.weight"], base[f"{name}.bias"]])


def _norm(x: Tensor, norm: Tensor) -> Tensor:
    return F.layer_norm(x, norm.shape[-1:], norm[0], norm[1], 1e-12)


def read_base(folder: Path) -> tuple[dict[str, Tensor], list[str]]:
    """The weights (safetensors: a length, a JSON head, the bytes) and the pieces in order."""
    raw = (folder / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    weights = {}
    for name, place in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__" and place["dtype"] == "F32":
            first, last = (8 + size + offset for offset in place["data_offsets"])
            weights[name] = torch.from_numpy(np.frombuffer(raw[first:last], np.float32).reshape(place["shape"]).copy())
    numbers: dict[str, int] = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return weights, sorted(numbers, key=lambda piece: numbers[piece])


def prune(base: dict[str, Tensor], pieces: list[str], texts: list[str]) -> list[str]:
    """Keep the pieces that are common or that our texts have; the rest is cut into smaller ones."""
    whole = WordPieces(pieces)
    used = Counter(number for text in texts for number in whole.encode(text, 10_000))
    special = [n for n, piece in enumerate(pieces) if piece.startswith("[") and not piece.startswith("[unused")]
    letters = [n for n, piece in enumerate(pieces) if len(piece.removeprefix("##")) == 1]
    common = [n for n, piece in enumerate(pieces) if not piece.startswith("[unused")][:COMMON]
    kept = sorted({*special, *letters, *common, *(n for n, count in used.items() if count > 1)})
    base["embeddings.word_embeddings.weight"] = base["embeddings.word_embeddings.weight"][kept]
    return [pieces[n] for n in kept]


def batches(lengths: list[int], rng: random.Random) -> list[list[int]]:
    """Texts of about the same length together, in no order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 6)
    parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    rng.shuffle(parts)
    return parts


def padded(encoded: list[list[int]], chosen: list[int]) -> tuple[Tensor, Tensor]:
    longest = max(len(encoded[i]) for i in chosen)
    numbers, mask = torch.zeros(len(chosen), longest, dtype=torch.long), torch.zeros(len(chosen), longest)
    for row, i in enumerate(chosen):
        numbers[row, : len(encoded[i])] = torch.tensor(encoded[i])
        mask[row, : len(encoded[i])] = 1
    return numbers, mask


@torch.no_grad()
def taught(teacher: Model, encoded: list[list[int]], rng: random.Random) -> Tensor:
    """What the whole base makes of each text."""
    teacher.eval()
    found = torch.zeros(len(encoded), teacher.words.shape[1])
    for chosen in batches([len(e) for e in encoded], rng):
        found[chosen] = F.normalize(teacher(*padded(encoded, chosen)), dim=1)
    return found


def train(model: Model, encoded: list[list[int]], examples: list[Example], labels: list[str], goal: Tensor, epochs: int,
          rng: random.Random) -> Iterator[int]:  # fmt: skip
    """Yields after each epoch."""
    wanted = torch.tensor([labels.index(e.label) for e in examples])
    weights = torch.tensor([e.weight for e in examples])
    free = [p for p in model.parameters() if p.requires_grad]
    steps = epochs * -(-len(encoded) // BATCH)
    optimiser = torch.optim.AdamW(free, lr=2.5e-4, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2.5e-4, total_steps=steps, pct_start=0.1)
    began = time.monotonic()
    for epoch in range(epochs):
        model.train()
        for number, chosen in enumerate(batches([len(e) for e in encoded], rng)):
            mean = model(*padded(encoded, chosen))
            scores = model.head(F.dropout(mean, 0.15))
            each = F.cross_entropy(scores, wanted[chosen], reduction="none", label_smoothing=SMOOTHED)
            alike = (F.normalize(model.like(mean), dim=1) * goal[chosen]).sum(1)
            loss = (each * weights[chosen]).mean() + (2.0 if epoch < epochs - 1 else 0.5) * (1 - alike).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(free, 1.0)
            optimiser.step()
            schedule.step()
            if number % 200 == 0:
                print(
                    f"epoch {epoch}, step {number}: loss {loss.item():.3f}, {time.monotonic() - began:.0f} s",
                    flush=True,
                )
        yield epoch


def write(model: Model, labels: list[str], pieces: list[str], out: Path) -> None:
    """As ``detection.model.encoder`` reads it: weights in bytes, a scale for each row."""
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            Shares(model), (torch.ones(1, 8, dtype=torch.long),), str(whole), dynamo=False, opset_version=17,
            input_names=[NUMBERS], output_names=[SHARES], dynamic_axes={NUMBERS: {1: "pieces"}},
        )  # fmt: skip
        quantize_dynamic(whole, out, weight_type=QuantType.QInt8, per_channel=True)
    written = onnx.load(str(out))
    narrow(written)
    onnx.helper.set_model_props(written, {LABELS: json.dumps(labels), PIECES: json.dumps(pieces)})
    onnx.save(written, str(out))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    given = parser.parse_args()
    torch.manual_seed(1)
    rng = random.Random(1)  # noqa: S311  # no secret is made of it
    examples = [*own(), *open_sets(given.sets)]
    texts = [e.text for e in examples]
    labels = [SAFE, *sorted({e.label for e in examples} - {SAFE})]
    base, pieces = read_base(given.base)
    pieces = prune(base, pieces, texts)
    cutter = WordPieces(pieces)
    encoded = [cutter.encode(text, LONGEST) for text in texts]
    print(
        f"{len(texts)} texts, {sum(map(len, encoded))} pieces of {len(pieces)} kinds, {len(labels)} labels", flush=True
    )
    model = Model(base, TAKEN, len(labels))
    write(model, labels, pieces, given.out)  # what cannot be written shows before the work, not after it
    goal = taught(Model(base, tuple(range(6)), 1), encoded, rng)
    for _ in train(model, encoded, examples, labels, goal, given.epochs, rng):
        write(model, labels, pieces, given.out)


if __name__ == "__main__":
    main()
