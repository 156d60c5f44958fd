"""What does the user's file say?"""

from __future__ import annotations

from naeum.data.near import near_groups
from naeum.data.parts import Data, content_key, joined, part
from naeum.data.read import Options, read
from naeum.data.rows import rows_of
from naeum.data.snapshot import opened, snapshot
from naeum.data.split import Split, split
from naeum.data.unlabelled import read_unlabelled

MEMBERS = (
    Data,
    Options,
    Split,
    content_key,
    joined,
    near_groups,
    opened,
    part,
    read,
    read_unlabelled,
    rows_of,
    snapshot,
    split,
)

__all__ = [
    "MEMBERS",
    "Data",
    "Options",
    "Split",
    "content_key",
    "joined",
    "near_groups",
    "opened",
    "part",
    "read",
    "read_unlabelled",
    "rows_of",
    "snapshot",
    "split",
]
