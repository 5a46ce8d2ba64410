"""What is done to an exported graph: its weights taken out, its notes dropped, its products made products of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from detector.runtime.weights import BLOCK, BLOCK_SCALES, BLOCKS, SCALE, TURNED

_FED = "fed at load"
_VALUES = ("raw_data", "float_data", "int32_data", "int64_data", "external_data")
_SMALL = 100  # fewer values that are no weight are a constant of the graph, and so are whole numbers
_LAST = "last_axis"
_BYTES = 4  # the accuracy level at which activations are quantised to 8 bits
_OURS = "com.microsoft"  # the domain of ONNX Runtime's own operations


def take_weights(proto: Any, state: Mapping[str, Any]) -> None:
    """Take the weights out of a graph; each stays as a name and a shape, to be fed at load.

    Args:
        proto: an `onnx.ModelProto`, changed in place.
        state: the weights by the names that they are stored under.

    Raises:
        ValueError: the exporter made something of a weight that is neither the weight nor its transpose.
    """
    turned = {weight.T.tobytes(): name + TURNED for name, weight in state.items() if weight.ndim == 2}
    renamed: dict[str, str] = {}
    for tensor in proto.graph.initializer:
        values = numpy_helper.to_array(tensor)
        own = tensor.name.removeprefix("model.")
        if own in state and np.array_equal(values, state[own]):
            name = own
        elif values.ndim == 2 and values.tobytes() in turned:
            name = turned[values.tobytes()]
        elif values.size < _SMALL or values.dtype.kind != "f":
            continue
        else:
            raise ValueError(f"{tensor.name} {values.shape} is no weight as it is stored, nor its transpose")
        renamed[tensor.name] = name
        tensor.name = name
        mark_fed(tensor)
    for node in proto.graph.node:
        for place, name in enumerate(node.input):
            node.input[place] = renamed.get(name, name)


def mark_fed(tensor: Any) -> None:
    """Drop a tensor's values: ONNX Runtime then asks whoever loads the graph for them."""
    for field in _VALUES:
        tensor.ClearField(field)
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=_FED)


def list_fed(proto: Any) -> list[str]:
    """Return the names of the weights that a graph is to be fed with."""
    return sorted(tensor.name for tensor in proto.graph.initializer if tensor.data_location == TensorProto.EXTERNAL)


def drop_notes(proto: Any) -> None:
    """Drop what the exporter tells of itself and of this machine: stack traces with paths, names, shapes in between."""
    graph = proto.graph
    for part in (graph, *graph.node, *graph.initializer, *graph.input, *graph.output):
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    for node in graph.node:
        node.ClearField("name")
    graph.ClearField("value_info")
    proto.ClearField("metadata_props")
    proto.ClearField("producer_version")


def multiply_integers(proto: Any, stored: Set[str]) -> Any:
    """Return a copy of a graph that multiplies bytes wherever a matrix is stored as int8.

    `MatMulNBits` of ONNX Runtime takes the stored rows as they are and quantises the activations when they are there, each
    token's in blocks of 128 with a scale of their own. (One scale for all tokens of a call, as `DynamicQuantizeLinear` has
    it, moved probabilities by 0.05 on average and by 0.3 at most; blocks by 0.003 and 0.015.) Rows of a table are looked up as
    bytes and multiplied by their own scale. What is multiplied in another way, the small head, stays in float32.

    Args:
        proto: a graph whose weights were taken out.
        stored: the names of the matrices that are stored as int8 with one scale a row.
    """
    quick = onnx.ModelProto()
    quick.CopyFrom(proto)
    graph = quick.graph
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes: list[Any] = []
    for node in graph.node:
        taken = node.input[1] if node.op_type == "MatMul" else node.input[0] if node.op_type == "Gather" else ""
        own = taken.removesuffix(TURNED)
        if own not in stored:
            nodes.append(node)
        elif node.op_type == "Gather":
            nodes += look_up_rows(node)
            weights[own].data_type = TensorProto.INT8
            add_fed(graph, own + SCALE, TensorProto.FLOAT, weights[own].dims[:1])
        elif taken != own and weights[taken].dims[0] % BLOCK == 0:
            columns, rows = weights[taken].dims
            graph.initializer.remove(weights[taken])
            add_fed(graph, own + BLOCKS, TensorProto.UINT8, [rows, columns // BLOCK, BLOCK])
            add_fed(graph, own + BLOCK_SCALES, TensorProto.FLOAT, [rows, columns // BLOCK])
            inputs = [node.input[0], own + BLOCKS, own + BLOCK_SCALES]
            facts = {"K": columns, "N": rows, "bits": 8, "block_size": BLOCK, "accuracy_level": _BYTES}
            nodes.append(helper.make_node("MatMulNBits", inputs, node.output, domain=_OURS, **facts))
        else:
            nodes.append(node)
    graph.initializer.add(name=_LAST, data_type=TensorProto.INT64, dims=[1], int64_data=[-1])
    graph.ClearField("node")
    graph.node.extend(nodes)
    quick.opset_import.add(domain=_OURS, version=1)
    return quick


def add_fed(graph: Any, name: str, kind: int, dims: Iterable[int]) -> None:
    """Add a weight that is to be fed."""
    mark_fed(graph.initializer.add(name=name, data_type=kind, dims=list(dims)))


def look_up_rows(node: Any) -> list[Any]:
    """Return the nodes that look up int8 rows of a table (n, d) and multiply each by its scale."""
    table, ids = node.input
    out = node.output[0]
    return [
        helper.make_node("Gather", [table, ids], [f"{out}_stored"], axis=0),
        helper.make_node("Cast", [f"{out}_stored"], [f"{out}_whole"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [table + SCALE, ids], [f"{out}_steps"], axis=0),
        helper.make_node("Unsqueeze", [f"{out}_steps", _LAST], [f"{out}_step"]),
        helper.make_node("Mul", [f"{out}_whole", f"{out}_step"], [out]),
    ]
