"""Tiny images that look like something, and folders of them."""

import io

import numpy as np
import pytest
from PIL import Image

from naeum.explore.loading import opened
from naeum.explore.subject import subject_of


def drawn(seed, size=(48, 36), light=(0, 255)):
    """An image of soft blobs, another for each seed."""
    coarse = np.random.default_rng(seed).integers(*light, (6, 8, 3), dtype=np.uint8, endpoint=True)
    return Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)


def written(image, kind="PNG", **options):
    """The bytes of an image file."""
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def put(folder, files):
    """Write files, by path."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def subject_from(source):
    """The subject of an album."""
    return subject_of(opened(source))


@pytest.fixture
def make():
    """The functions above, as one thing."""

    class Make:
        image, file, put, subject = map(staticmethod, (drawn, written, put, subject_from))

    return Make
