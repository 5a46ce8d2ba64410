"""Write the default models' graphs for OpenVINO, without weights.

    python models/recipe/graphs.py

OpenVINO converts each model. Then the weights are taken out again: the program feeds them at load from the safetensors
files that it has anyway, in the number format in which it is to compute, so that a graph has some two hundred kilobytes and
no weight is stored twice. In its place is an input with the name that the weight has in the safetensors file.
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import torch
from graph_edit import drop_notes, take_weights
from transformers import AutoModel

from detector.embed import DEFAULT_MODEL, find_model
from detector.judge.claim_files import find_model as find_nli
from detector.judge.claim_nli import load_model
from detector.progress import silence_loading
from detector.runtime.embedder import find_graphs
from detector.runtime.session import CONSTANTS, GRAPH
from detector.runtime.silent import REPORTER, import_openvino, withhold
from detector.runtime.weights import IDS, MASK


class Classifier(torch.nn.Module):
    """A sequence classifier as a function of two tensors, to its logits (n, labels).

    Of MPNet the last layer is computed for the first token alone, since the classifier reads no other: all of the layer but its keys and
    values is spared, a twelfth of nine layers.
    """

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model
        if encoder := getattr(getattr(model, "mpnet", None), "encoder", None):
            encoder.layer[-1].forward = partial(read_first, encoder.layer[-1])

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        """Return the logits."""
        return self.model(input_ids=input_ids, attention_mask=attention_mask).logits


def read_first(layer: Any, hidden: torch.Tensor, mask: Any, bias: torch.Tensor, **_: Any) -> Any:
    """Compute a layer of MPNet for the first token, as `MPNetLayer` does for each.

    Args:
        layer: an `MPNetLayer`.
        hidden: (n, tokens, width).
        mask: what is added to the scores for padding, (n, 1, 1 or tokens, tokens), or None if there is none.
        bias: what is added to the scores for distance, (n, heads, tokens, tokens).

    Returns:
        A tuple of the vectors (n, 1, width).
    """
    own = layer.attention.attn
    first = hidden[:, :1]
    queries, keys, values = (
        values.unflatten(-1, (own.num_attention_heads, own.attention_head_size)).transpose(1, 2)
        for values in (own.q(first), own.k(hidden), own.v(hidden))
    )
    scores = queries @ keys.transpose(-1, -2) / own.attention_head_size**0.5 + bias[:, :, :1]
    if mask is not None:
        scores = scores + mask[:, :, :1]
    found = (torch.softmax(scores, dim=-1) @ values).transpose(1, 2).flatten(2)
    told = layer.attention.LayerNorm(own.o(found) + first)
    return (layer.output(layer.intermediate(told), told),)


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


def write_graph(module: Any, folder: Path) -> list[str]:
    """Write the graph of a module that takes ids and mask, (n, tokens) each, without its weights; return the files' names.

    Args:
        module: a `Classifier` or `MeanPooled` in float32; the weights' names are those of the model that it holds.
        folder: where to.

    Raises:
        ValueError: the converter made something of a weight that is not the weight.
    """
    ids = torch.randint(5, 20, (2, 9), generator=torch.Generator().manual_seed(1))
    inputs = {IDS: ids, MASK: torch.ones_like(ids)}
    ov = import_openvino()
    with warnings.catch_warnings(), silence_loading(), withhold(REPORTER):
        from openvino.tools.ovc import convert_model

        warnings.simplefilter("ignore")  # tracing warns of each length that is known while it traces
        graph = convert_model(module.eval(), example_input=inputs)
    take_weights(graph, {name: weight.detach().numpy() for name, weight in module.model.state_dict().items()})
    with tempfile.TemporaryDirectory() as spare:
        ov.save_model(graph, Path(spare) / GRAPH, compress_to_fp16=False)
        (folder / GRAPH).write_bytes(drop_notes((Path(spare) / GRAPH).read_bytes()))
        (folder / CONSTANTS).write_bytes((Path(spare) / GRAPH).with_suffix(".bin").read_bytes())
    return [GRAPH, CONSTANTS]


def add_graph(folder: Path) -> list[str]:
    """Write the graph of a folder that `ship.py` fills, from its card and weights; return the files' names."""
    return write_graph(Classifier(load_model(folder, torch.float32)[0]), folder)


def write_embedding_graph(folder: Path) -> list[str]:
    """Write the graph of the default embedding model; return the files' names."""
    with silence_loading():
        model = AutoModel.from_pretrained(find_model(DEFAULT_MODEL), local_files_only=True, dtype=torch.float32)
    folder.mkdir(parents=True, exist_ok=True)
    return write_graph(MeanPooled(model), folder)


def main() -> None:
    """Write all graphs."""
    from ship import list_files

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.parse_args()
    for folder, names in ((find_graphs(), write_embedding_graph(find_graphs())), (find_nli(), add_graph(find_nli()))):
        print(*(f"{folder.name}/{name}: {(folder / name).stat().st_size / 1000:.0f} kB" for name in names), sep="\n")
    list_files(find_nli())


if __name__ == "__main__":
    main()
