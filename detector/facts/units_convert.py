"""Conversion between units that measure the same kind of thing."""

from __future__ import annotations

# kind, factor to the kind's base unit
_FACTORS: dict[str, tuple[str, float]] = {
    "mm": ("length", 0.001),
    "cm": ("length", 0.01),
    "m": ("length", 1.0),
    "km": ("length", 1000.0),
    "inch": ("length", 0.0254),
    "foot": ("length", 0.3048),
    "yard": ("length", 0.9144),
    "mile": ("length", 1609.344),
    "nautical mile": ("length", 1852.0),
    "g": ("mass", 0.001),
    "kg": ("mass", 1.0),
    "tonne": ("mass", 1000.0),
    "lb": ("mass", 0.45359237),
    "ounce": ("mass", 0.028349523),
    "km/h": ("speed", 1.0),
    "mph": ("speed", 1.609344),
    "knot": ("speed", 1.852),
    "square m": ("area", 1.0),
    "square km": ("area", 1e6),
    "hectare": ("area", 1e4),
    "acre": ("area", 4046.8564),
    "square mile": ("area", 2589988.11),
    "square foot": ("area", 0.09290304),
    "litre": ("volume", 1.0),
    "cubic m": ("volume", 1000.0),
    "gallon": ("volume", 3.785411784),
    "barrel": ("volume", 158.987295),
    "MW": ("power", 1.0),
    "GW": ("power", 1000.0),
    "MB": ("data", 1.0),
    "GB": ("data", 1000.0),
    "TB": ("data", 1e6),
    "MHz": ("frequency", 1.0),
    "GHz": ("frequency", 1000.0),
    "second": ("time", 1.0),
    "minute": ("time", 60.0),
    "hour": ("time", 3600.0),
    "day": ("time", 86400.0),
    "week": ("time", 604800.0),
    "month": ("time", 86400.0 * 365.25 / 12),
    "year": ("time", 86400.0 * 365.25),
    "decade": ("time", 864000.0 * 365.25),
    "century": ("time", 8640000.0 * 365.25),
    "basis point": ("rate change", 0.01),
    "percentage point": ("rate change", 1.0),
}


def convert(value: float, unit: str, to: str) -> float | None:
    """Return `value` of `unit` in the unit `to`; None when the two do not measure the same kind of thing.

    A ton is read as a metric ton, a month as a twelfth of 365.25 days.
    """
    if unit == to:
        return value
    if (unit, to) == ("celsius", "fahrenheit"):
        return value * 9 / 5 + 32
    if (unit, to) == ("fahrenheit", "celsius"):
        return (value - 32) * 5 / 9
    kind, factor = _FACTORS.get(unit, ("", 0.0))
    other, divisor = _FACTORS.get(to, ("none", 1.0))
    return value * factor / divisor if kind == other else None
