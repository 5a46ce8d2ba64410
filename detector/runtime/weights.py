"""Stored weights -> the inputs of a graph that stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

SCALE = ".scale"
"""What a stored matrix's name is followed by in the name of its scales."""
IDS, MASK = "input_ids", "attention_mask"
"""The inputs that stand for no weight."""

Weights = Mapping[str, NDArray[Any]]


def feed_weights(model: Any, stored: Weights, *, in_bytes: bool) -> list[Any]:
    """Put weights in the place of the inputs that have their names.

    Args:
        model: an `openvino.Model`, changed in place.
        stored: the weights as they are stored: float32, or int8 rows (rows, columns) with scales (rows,) under the name with `.scale`
            behind it.
        in_bytes: whether rows stored as bytes stay bytes in the graph; else they are multiplied by their scales here.

    Returns:
        What must live as long as the model.

    Raises:
        KeyError: a weight is not stored.
        ValueError: a weight has another size than the graph wants.
    """
    from openvino import opset13 as op

    kept: list[Any] = []

    def hold(values: NDArray[Any]) -> Any:
        kept.append(np.ascontiguousarray(values))
        return op.constant(kept[-1], shared_memory=True)

    for place in model.get_parameters():
        name = place.get_friendly_name()
        if name in (IDS, MASK):
            continue
        values, scales = stored[name], stored.get(name + SCALE)
        if scales is not None and in_bytes:
            users = [user.get_node() for user in place.output(0).get_target_inputs()]
            lookups = [user for user in users if user.get_type_name() == "Gather"]
            for lookup in lookups:  # of a table only the rows that are looked up are multiplied
                ids, axis = lookup.input_value(1), op.constant(0)
                rows = op.convert(op.gather(hold(values), ids, axis), "f32")
                steps = op.gather(hold(scales[:, None]), ids, axis)
                lookup.output(0).replace(op.multiply(rows, steps).output(0))
            if len(lookups) < len(users):
                whole = op.multiply(op.convert(hold(values), "f32"), hold(scales[:, None]))
                place.output(0).replace(whole.output(0))
        else:
            whole = values if scales is None else np.multiply(values, scales[:, None], dtype=np.float32)
            place.output(0).replace(hold(whole.reshape(tuple(place.get_shape()))).output(0))
        model.remove_parameter(place)
    model.validate_nodes_and_infer_types()
    return kept
