"""Train the transformer on when the corpus has grown: all of it, over what is new and a part of the rest.

    PYTHONPATH=. python scripts/train_on.py --sets FOLDER --new NAME ... --weights FIRST.onnx

``--weights`` may be a joined file: its transformer is read, and is what is written; join.py then puts the reader of
runs beside it again. A minute of a core that counts in bfloat16; ``train.py`` begins again from MiniLM and takes half
an hour of two. What is written lies between the old weights and the trained ones: nearer to the old ones less is
forgotten of what is not read again.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel
from train import BATCH, SMOOTHED, Model, batches, padded, write

from detection.model.encoder import LABELS, LONGEST, PIECES
from detection.model.training.swaps import swaps
from detection.model.training.texts import CORPUS, Example, open_sets, own
from detection.model.wordpiece import WordPieces

LAYERS = (0, 1, 2)
RATE = 1e-4
FRESH = 1.5
"""What a new text counts."""
KEPT = 0.15
"""The share of all other texts that is read again."""
BETWEEN = 0.5
"""How far from the old weights to the trained ones."""


def read_written(file: Path) -> tuple[Model, list[str], list[str]]:
    """The model as numbers again, its labels, its pieces."""
    written = onnx.load(str(file))
    told = {each.key: json.loads(each.value) for each in written.metadata_props}
    held = {each.name: numpy_helper.to_array(each) for each in written.graph.initializer}
    base = {"embeddings.position_embeddings.weight": torch.from_numpy(held["model.places"].copy())}
    words = held["model.words_quantized"].astype(np.float32) - np.float32(held["model.words_zero_point"])
    base["embeddings.word_embeddings.weight"] = torch.from_numpy(words * held["model.words_scale"])
    base["embeddings.token_type_embeddings.weight"] = torch.zeros(1, words.shape[1])
    base |= _norms(written.graph.node, held)
    products = [node for node in written.graph.node if node.op_type == "MatMulInteger"]
    for number in LAYERS:
        base |= _layer(number, [_dense(node, held) for node in products[4 * number : 4 * number + 4]], held)
    model = Model(base, LAYERS, len(told[LABELS]))
    model.head.weight.data = _dense(products[-1], held)
    model.head.bias.data = torch.from_numpy(held["model.head.bias"].copy())
    return model, told[LABELS], told[PIECES]


def _dense(node: NodeProto, held: dict[str, np.ndarray]) -> Tensor:
    name = node.input[1]
    return torch.from_numpy((held[name] * held[name.replace("_quantized", "_scale")]).T.astype(np.float32).copy())


def _norms(nodes: list[NodeProto], held: dict[str, np.ndarray]) -> dict[str, Tensor]:
    places = ["embeddings"]
    for number in LAYERS:
        places += [f"encoder.layer.{number}.attention.output", f"encoder.layer.{number}.output"]
    normed = [node for node in nodes if node.op_type == "LayerNormalization"]
    return {
        f"{place}.LayerNorm.{kind}": torch.from_numpy(held[node.input[which]].copy())
        for place, node in zip(places, normed, strict=True)
        for which, kind in ((1, "weight"), (2, "bias"))
    }


def _layer(number: int, dense: list[Tensor], held: dict[str, np.ndarray]) -> dict[str, Tensor]:
    part, own_part = f"encoder.layer.{number}.", f"model.layers.{number}."
    asked, asked_bias = dense[0].chunk(3), torch.from_numpy(held[own_part + "asked_bias"].copy()).chunk(3)
    found = {}
    for name, weight, bias in zip(("query", "key", "value"), asked, asked_bias, strict=True):
        found |= {f"{part}attention.self.{name}.weight": weight, f"{part}attention.self.{name}.bias": bias}
    places = (("attention.output", "out"), ("intermediate", "wide"), ("output", "narrow"))
    for (place, kind), weight in zip(places, dense[1:], strict=True):
        bias = torch.from_numpy(held[f"{own_part}{kind}_bias"].copy())
        found |= {f"{part}{place}.dense.weight": weight, f"{part}{place}.dense.bias": bias}
    return found


def examples(sets: Path, new: list[str], rng: random.Random) -> Iterator[Example]:
    lines = [line for name in new for line in (CORPUS / f"{name}.tsv").read_text("utf-8").splitlines()]
    fresh = {line.split("\t")[2] for line in lines}
    always = {text for _, text in swaps()}
    for each in (*own(), *open_sets(sets)):
        if each.text in fresh:
            yield Example(each.text, each.label, each.weight * FRESH)
        elif each.text in always or rng.random() < KEPT:
            yield each


def train_on(model: Model, encoded: list[list[int]], wanted: Tensor, weights: Tensor, rng: random.Random) -> None:
    free = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(free, lr=RATE, weight_decay=0.01)
    steps = -(-len(encoded) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    model.train()
    for number, chosen in enumerate(batches([len(e) for e in encoded], rng)):
        with torch.autocast("cpu", torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
            scores = model.head(F.dropout(model(*padded(encoded, chosen)), 0.15))
        each = F.cross_entropy(scores.float(), wanted[chosen], reduction="none", label_smoothing=SMOOTHED)
        loss = (each * weights[chosen]).mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(free, 1.0)
        optimiser.step()
        schedule.step()
        if number % 100 == 0:
            print(f"step {number} of {steps}: loss {loss.item():.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", type=Path, required=True)
    parser.add_argument("--new", nargs="+", required=True, help="names of files of the corpus, without .tsv")
    parser.add_argument("--weights", type=Path, required=True, help="read, and replaced")
    given = parser.parse_args()
    torch.manual_seed(1)
    rng = random.Random(3)  # noqa: S311  # no secret is made of it
    model, labels, pieces = read_written(given.weights)
    chosen = list(examples(given.sets, given.new, rng))
    cutter = WordPieces(pieces)
    encoded = [cutter.encode(each.text, LONGEST) for each in chosen]
    print(f"{len(chosen)} texts, {sum(map(len, encoded))} pieces", flush=True)
    was = {name: held.clone() for name, held in model.state_dict().items()}
    wanted = torch.tensor([labels.index(each.label) for each in chosen])
    train_on(model, encoded, wanted, torch.tensor([each.weight for each in chosen]), rng)
    trained = model.state_dict()
    model.load_state_dict({name: was[name] + BETWEEN * (trained[name] - was[name]) for name in was})
    write(model, labels, pieces, given.weights)


if __name__ == "__main__":
    main()
