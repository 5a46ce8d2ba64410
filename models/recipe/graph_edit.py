"""What is done to a converted graph: its weights taken out, its notes dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from detector.runtime.silent import import_openvino
from detector.runtime.weights import IDS, MASK

_SMALL = 100  # fewer values that are no weight are a constant of the graph


def take_weights(model: Any, state: Mapping[str, Any]) -> None:
    """Put an input with the weight's name in the place of each weight, to be replaced by the weight at load.

    Args:
        model: an `openvino.Model`, changed in place.
        state: the weights by the names that they are stored under.

    Raises:
        ValueError: the converter made something of a weight that is not the weight, with or without a first axis of one.
    """
    ov = import_openvino()
    op = ov.opset13
    names = {weight.tobytes(): name for name, weight in state.items()}
    places = []
    for node in model.get_ordered_ops():
        if node.get_type_name() != "Constant" or node.get_element_type() != ov.Type.f32:
            continue
        values = node.get_data()
        name = names.get(values.tobytes())
        if name is not None and values.size == state[name].size:
            place = op.parameter(list(values.shape), ov.Type.f32)
            place.set_friendly_name(name)
            node.output(0).replace(place.output(0))
            places.append(place)
        elif values.size >= _SMALL:
            raise ValueError(f"{node.get_friendly_name()} {values.shape} is no weight as it is stored")
    model.add_parameters(places)
    model.validate_nodes_and_infer_types()


def drop_notes(graph: bytes) -> bytes:
    """Return the text of a graph without what the converter tells of itself and of this machine: versions, traces, old names."""
    root = ElementTree.fromstring(graph)  # noqa: S314  written by OpenVINO here
    for holder in list(root.iter()):
        for note in holder.findall("rt_info"):
            holder.remove(note)
        if holder.get("names") not in (IDS, MASK):  # these are asked for by name
            holder.attrib.pop("names", None)
        if holder.tag == "layer" and holder.get("type") != "Parameter":
            holder.set("name", holder.attrib["id"])
    return ElementTree.tostring(root)
