"""Write the default models' graphs for ONNX Runtime, without weights.

    python models/recipe/graphs.py

torch's exporter writes each graph. Then the weights are taken out again: the program feeds them at load from the
safetensors files that it has anyway, so that a graph has some tens of kilobytes and no weight is stored twice. A weight
keeps the name that it has in the safetensors file, with `.T` behind it where the graph wants it transposed. A shipped
NLI folder gets a second graph, which computes with the stored int8 rows as they are (`graph_edit.py`).
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from graph_edit import drop_notes, list_fed, multiply_integers, take_weights
from transformers import AutoModel

from detector.embed import DEFAULT_MODEL, find_model
from detector.judge.claim_files import find_model as find_nli
from detector.judge.claim_nli import load_model
from detector.progress import silence_loading
from detector.runtime.embedder import find_graphs
from detector.runtime.session import FLOAT_GRAPH, INT8_GRAPH, WANTED
from detector.runtime.weights import SCALE

OPSET = 20  # the first with Gelu as one operation


class Classifier(torch.nn.Module):
    """A sequence classifier as a function of two tensors, to its logits (n, labels)."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        """Return the logits."""
        return self.model(input_ids=input_ids, attention_mask=attention_mask).logits


class MeanPooled(torch.nn.Module):
    """An encoder with the mean over its tokens' vectors, to (n, width)."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        """Return the means."""
        hidden = self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)


def export_graph(module: Any, longest: int) -> Any:
    """Return the graph of a module that takes ids and mask, (n, tokens) each, without its weights.

    Args:
        module: a `Classifier` or `MeanPooled` in float32; the weights' names are those of the model that it holds.
        longest: the most tokens that the model takes.

    Returns:
        An `onnx.ModelProto`.

    Raises:
        ValueError: the exporter made something of a weight that is neither the weight nor its transpose.
    """
    ids = torch.randint(5, 20, (2, 9), generator=torch.Generator().manual_seed(1))
    free = {0: torch.export.Dim("texts", min=1, max=512), 1: torch.export.Dim("tokens", min=2, max=longest)}
    with warnings.catch_warnings(), silence_loading():
        warnings.simplefilter("ignore")  # the exporter's own deprecations
        program = torch.onnx.export(
            module.eval(),
            (ids, torch.ones_like(ids)),
            dynamo=True,
            verbose=False,
            opset_version=OPSET,
            input_names=["input_ids", "attention_mask"],
            output_names=["output"],
            dynamic_shapes={"input_ids": free, "attention_mask": free},
        )
    graph = program.model_proto
    take_weights(graph, {name: weight.detach().numpy() for name, weight in module.model.state_dict().items()})
    drop_notes(graph)
    return graph


def write_graphs(folder: Path, graphs: Mapping[str, Any]) -> list[str]:
    """Write graphs, and beside them which weights each wants; return the files' names."""
    for name, graph in graphs.items():
        (folder / name).write_bytes(graph.SerializeToString(deterministic=True))
    wanted = {name: list_fed(graph) for name, graph in graphs.items()}
    (folder / WANTED).write_bytes((json.dumps(wanted, indent=1) + "\n").encode())
    return [*graphs, WANTED]


def add_graphs(folder: Path, graph: Any = None) -> list[str]:
    """Write the graphs of a folder that `ship.py` fills, from its card and weights; return the files' names.

    Args:
        folder: the folder; its card lists all else already.
        graph: the float graph, where it has been exported before.
    """
    model, _, card = load_model(folder, torch.float32)
    graph = graph or export_graph(Classifier(model), card["max_length"])
    return write_graphs(folder, {FLOAT_GRAPH: graph, INT8_GRAPH: multiply_integers(graph, list_stored(folder))})


def list_stored(folder: Path) -> set[str]:
    """Return the names of the matrices that a shipped folder stores as int8."""
    from safetensors import safe_open

    names: set[str] = set()
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, framework="np") as shard:
            names |= set(shard.keys())
    return {name.removesuffix(SCALE) for name in names if name.endswith(SCALE)}


def write_embedding_graph(folder: Path) -> list[str]:
    """Write the graph of the default embedding model; return the files' names."""
    with silence_loading():
        model = AutoModel.from_pretrained(find_model(DEFAULT_MODEL), local_files_only=True, dtype=torch.float32)
    folder.mkdir(parents=True, exist_ok=True)
    return write_graphs(folder, {FLOAT_GRAPH: export_graph(MeanPooled(model), model.config.max_position_embeddings)})


def main() -> None:
    """Write all graphs."""
    from ship import list_files

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    for folder, names in ((find_graphs(), write_embedding_graph(find_graphs())), (find_nli(), add_graphs(find_nli()))):
        print(*(f"{folder.name}/{name}: {(folder / name).stat().st_size / 1000:.0f} kB" for name in names), sep="\n")
    list_files(find_nli())


if __name__ == "__main__":
    main()
