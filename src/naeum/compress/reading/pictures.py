"""What do the exported parts of an image answer? A part of the program `predict.py`, which imports no naeum.

Pillow decodes the files, exactly as in training. A file that is no image gets the answer that fits all rows best.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.streams import answered
from naeum.data.images.decoding import decoded
from naeum.model.image.shapes import described, width

SEEN = 32  # images that go through a graph at once


class Seen:
    """A part that reads the one image of a row."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        self.node, self.size = node, node["size"]
        with np.load(folder / node.get("arrays", node["file"]), allow_pickle=False) as stored:
            self.arrays = dict(stored)

    def __call__(self, rows: list[list[Any]]) -> Any:
        """(rows, columns) of rows of one image."""
        found = np.repeat(np.asarray(self.arrays["floor"], np.float32)[None], len(rows), axis=0)
        for start in range(0, len(rows), SEEN):
            images, known = looked([row[0] for row in rows[start : start + SEEN]], self.size)
            if len(known):
                found[start + known] = self.scores(images[known])
        return found

    def scores(self, images: Any) -> Any:
        """(rows, columns) of pixels."""
        numbers = described(images, self.node["cells"])
        return np.asarray(numbers @ self.arrays["weights"] + self.arrays["bias"], np.float32)


class Viewed(Seen):
    """A graph over pixels."""

    def __init__(self, folder: Path, node: dict[str, Any], session: Any) -> None:
        super().__init__(folder, node)
        self.session = session

    def scores(self, images: Any) -> Any:
        """(rows, columns) of pixels, with `flips` the mean of those and of their mirror images."""
        seen = np.ascontiguousarray(images.transpose(0, 3, 1, 2))
        found = self._said(seen)
        if not self.node["flips"]:
            return found
        return np.asarray(0.5 * (found + self._said(np.ascontiguousarray(seen[..., ::-1]))), np.float32)

    def batches(self, rows: list[list[Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Which rows stand in each batch, and what the graph is given."""
        for start in range(0, len(rows), SEEN):
            images, known = looked([row[0] for row in rows[start : start + SEEN]], self.size)
            if len(known):
                yield start + known, {"images": np.ascontiguousarray(images[known].transpose(0, 3, 1, 2))}

    def _said(self, images: Any) -> Any:
        return np.concatenate([answer for _, answer in answered(self.session, [(None, {"images": images})])])


class Outlined:
    """Another part that is given the edges and colours of an image as numbers, behind the other cells."""

    def __init__(self, node: dict[str, Any], inner: Any) -> None:
        self.node, self.inner = node, inner

    def __call__(self, rows: list[list[Any]]) -> Any:
        """(rows, columns) of rows of cells."""
        at, cells = self.node["image"], self.node["cells"]
        found: list[list[Any]] = []
        for start in range(0, len(rows), SEEN):
            some = rows[start : start + SEEN]
            images, known = looked([row[at] for row in some], self.node["size"])
            numbers = np.full((len(some), width(cells)), np.nan)
            if len(known):
                numbers[known] = described(images[known], cells)
            found += [[*row[:at], *row[at + 1 :], *made] for row, made in zip(some, numbers.tolist(), strict=True)]
        return self.inner(found)


def looked(files: list[bytes | None], size: int) -> tuple[Any, Any]:
    """(files, size, size, 3) the pixels of images, and the places of those that could be decoded."""
    from PIL import Image, ImageOps

    pixels, known = np.zeros((len(files), size, size, 3), np.uint8), []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow says of odd files is an answer here
        for at, data in enumerate(files):
            found, _ = decoded(data, size, Image, ImageOps)
            if found is not None:
                pixels[at] = found
                known.append(at)
    return pixels, np.array(known, np.int64)
