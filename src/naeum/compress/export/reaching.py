"""Which cells of the user's rows does a part inside a model read?"""

from __future__ import annotations

from typing import Any

from naeum.compress.export.filing import Node
from naeum.compress.reading.cleaning import Cleaned


def reached(root: Node, node: Node, rows: list[list[Any]]) -> list[list[Any]] | None:
    """The rows as they come to a node inside another: cleaned, and with the columns of its group alone; None where it
    is not inside.

    Args:
        root: the outer node.
        node: one inside it, or itself.
        rows: of cells, as they come to the root.

    Example:
        >>> text = {"kind": "graph"}
        >>> reached({"kind": "blend", "reads": [[1], [0]], "members": [{"kind": "trees"}, text]}, text, [["가", 3.0]])
        [['가']]
    """
    if root is node:
        return rows
    if root["kind"] == "cleaned":
        rows = Cleaned(root, list)(rows)
    reads = root.get("reads") or [None] * len(root.get("members", ()))
    for member, own in zip(root.get("members", ()), reads, strict=True):
        given = rows if own is None else [[row[at] for at in own] for row in rows]
        found = reached(member, node, given)
        if found is not None:
            return found
    return None
