"""How are the images of a validation or test part laid beside those to learn from?

Only their pictures are kept: of a test part no class is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.explore.images.pictures import there
from naeum.explore.subject import Subject


def lay_beside(subject: Subject, given: Mapping[str, Any], how: Mapping[str, Any]) -> None:
    """Add the pictures of other parts to what was seen of the images; those seen before are called train.

    Args:
        subject: of images.
        given: part ("valid", "test") -> folder, zip or table of images.
        how: options for opening a table.

    Raises:
        InputError: a part cannot be opened.
        NotApplicable: a part holds no images.
    """
    from naeum.explore.loading import opened
    from naeum.explore.subject import subject_of

    for part, source in given.items():
        there(subject)
        other = subject_of(opened(source, watch=subject.watch, **how), watch=subject.watch)
        there(other)
        seen = other.table.sql("SELECT * FROM pictures")
        connection = subject.table.connection
        connection.execute("UPDATE pictures SET part = 'train' WHERE part = ''")
        connection.register("held", seen)
        names = ", ".join(f'"{name}"' for name in seen.column_names if name not in ("row", "part", "path"))
        connection.execute(
            f"INSERT INTO pictures (row, part, path, {names}) "
            f"SELECT NULL, '{part}', '{part}: ' || path, {names} FROM held"
        )
        connection.unregister("held")
