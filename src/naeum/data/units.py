"""In which unit are the numbers of a column written, and what becomes of numbers in another one?

The unit of a column is that of the rows it was learned from. Later rows must have it: numbers in another unit of the
same quantity are converted, others are refused with their row and column, never taken as if nothing were written there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from naeum.errors import InputError

# Units of one quantity, and how many of its first unit each is. Exact by definition (international yard and pound).
QUANTITIES: tuple[Mapping[str, float], ...] = (
    {"kg": 1.0, "g": 1e-3, "mg": 1e-6, "t": 1e3, "lb": 0.45359237, "lbs": 0.45359237, "oz": 0.028349523125},
    {"m": 1.0, "km": 1e3, "cm": 1e-2, "mm": 1e-3, "in": 0.0254, "inch": 0.0254, "ft": 0.3048, "yd": 0.9144,
     "mi": 1609.344, "mile": 1609.344, "miles": 1609.344},
    {"m2": 1.0, "m²": 1.0, "cm2": 1e-4, "cm²": 1e-4, "km2": 1e6, "km²": 1e6, "ha": 1e4, "ft2": 0.09290304,
     "ft²": 0.09290304},
    {"s": 1.0, "sec": 1.0, "ms": 1e-3, "min": 60.0, "h": 3600.0, "hr": 3600.0, "초": 1.0, "분": 60.0, "시간": 3600.0},
    {"l": 1.0, "ml": 1e-3, "cl": 1e-2, "dl": 0.1},
    {"일": 1.0, "day": 1.0, "days": 1.0, "주": 7.0, "week": 7.0, "weeks": 7.0},
)  # fmt: skip
BETWEEN = "\t"  # of a column and its unit in a task


def factor(unit: str, wanted: str) -> float | None:
    """What a number in a unit is multiplied by to be in another; None where they do not measure the same.

    Example:
        >>> factor("lb", "kg"), factor("cm", "m"), factor("kg", "m"), factor("kg", "")
        (0.45359237, 0.01, None, None)
    """
    if unit == wanted:
        return 1.0
    known = next((one for one in QUANTITIES if unit in one and wanted in one), None)
    return None if known is None else known[unit] / known[wanted]


def most_common(units: Iterable[str]) -> str:
    """The unit that most numbers have; none where no number has one.

    Example:
        >>> most_common(["", "kg", "kg", "lb"])
        'kg'
    """
    counts = Counter(unit for unit in units if unit)
    return counts.most_common(1)[0][0] if counts else ""


def refused(word: str, row: int, name: str, wanted: str) -> InputError:
    """What is said of a number in a unit that cannot be converted; rows count from 1."""
    learned, rest = (
        (f"in {wanted}", f"write it in {wanted}") if wanted else ("without a unit", "write the number alone")
    )
    return InputError(
        f"numbers must have the unit they were learned with; row {row} of column {name!r} has {word.strip()!r}, where "
        f"the model learned numbers {learned}; {rest}"
    )


def written(units: Mapping[str, str]) -> tuple[str, ...]:
    """The units of columns as a task holds them, those without one left out.

    Example:
        >>> written({"무게": "kg", "age": ""})
        ('무게\\tkg',)
    """
    return tuple(f"{name}{BETWEEN}{unit}" for name, unit in units.items() if unit)


def of_task(found: Iterable[str]) -> dict[str, str]:
    """The units of columns by name, as `written` wrote them."""
    return {name: unit for name, _, unit in (one.rpartition(BETWEEN) for one in found)}
