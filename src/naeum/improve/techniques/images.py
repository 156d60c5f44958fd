"""What would help a network of images: changed and mixed images, blocks that are passed by, mirror images, more width?

DeVries & Taylor 2017 (cutout), Zhang et al. 2018 (mixup), Yun et al. 2019 (CutMix), Cubuk et al. 2020 (RandAugment),
Huang et al. 2016 (stochastic depth), Zagoruyko & Komodakis 2016 (width).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, found, of_kind, settings, technique, whose
from naeum.model.claims import ROWS

CUTOUTS, COLOURS, OPERATIONS = (0.25, 0.5), (0.2, 0.4), (1, 2)  # stronger ones, in steps
MIXES = (("mixup", 0.2), ("cutmix", 1.0), ("mixup", 1.0))
PATHS = (0.1, 0.2)  # of the last block, passed by
WIDTHS = (16, 32, 48, 64)  # multiples of 8, for group norms
MOST_BLOCKS = 3
FREE = {"cutout": 0.0, "colour": 0.0, "operations": 0, "mixup": 0.0, "cutmix": 0.0}


def _image_changes(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """Stronger changes, one sort at a time; where too little is learned, none but shifts and flips."""
    looser = "M01" in found(evidence) and "M02" not in found(evidence)
    for at, node in of_kind(rung.learner, "image_changes"):
        if looser:
            yield _changed(rung, evidence, at, "images shifted and turned alone, not cut, coloured or mixed", **FREE)
            continue
        for new in [one for one in OPERATIONS if one > node.operations]:
            yield _changed(rung, evidence, at, f"{new} random changes of each image", operations=new)
        for share in [one for one in CUTOUTS if one > node.cutout][:1]:
            yield _changed(rung, evidence, at, f"squares of {share:.0%} of the side cut out", cutout=share)
        for share in [one for one in COLOURS if one > node.colour][:1]:
            yield _changed(rung, evidence, at, f"colours changed by up to {share:.0%}", colour=share)


def _image_mixing(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for at, node in of_kind(rung.learner, "image_changes"):
        for name, form in MIXES:
            if form > getattr(node, name):
                what = "two images in one" if name == "mixup" else "a piece of another image"
                yield _changed(rung, evidence, at, f"{what}, answered in shares ({name} {form:g})", **{name: form})


def _stochastic_depth(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for at, node in of_kind(rung.learner, "residual"):
        for share in [one for one in PATHS if one > node.drop_path and node.blocks]:
            yield Change(
                values.put(rung.learner, f"{at}.drop_path".lstrip("."), share),
                f"the last block passed by in {share:.0%} of cases in {whose(rung.learner, at)}",
                f"{evidence.rows} images are few for a network that can learn them by heart",
            )


def _mirror_images(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, now in settings(rung.learner, "flips"):
        holder = values.get(rung.learner, path.rpartition(".")[0]) if "." in path else rung.learner
        if not now and holder.changes.flip:
            yield Change(
                values.put(rung.learner, path, True),
                f"the mean over each image and its mirror image in {whose(rung.learner, path)}",
                "it was shown both while it learned; 2 answers vary less than one",
            )


def _width(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """Wider, then deeper; narrower where it learns its images by heart."""
    codes = found(evidence)
    for at, node in of_kind(rung.learner, "residual"):
        if "M02" in codes and "M01" not in codes:
            options = [{"width": one} for one in WIDTHS if one < node.width][-1:]
        else:
            options = [{"width": one} for one in WIDTHS if one > node.width][:1]
            options += [{"blocks": node.blocks + 1}] if node.blocks < MOST_BLOCKS else []
        for new in options:
            (name, value), now = next(iter(new.items())), getattr(node, next(iter(new)))
            words = "channels of the stem" if name == "width" else "residual blocks a stage"
            yield Change(
                values.put(rung.learner, f"{at}.{name}".lstrip("."), value),
                f"{value} instead of {now} {words} in {whose(rung.learner, at)}",
                f"the best size for {evidence.rows} images is not known beforehand",
            )


def _changed(rung: Rung, evidence: Evidence, at: str, what: str, **new: Any) -> Change:
    node = dataclasses.replace(values.get(rung.learner, at), **new)
    reason = f"{evidence.rows} images are few for a network that can learn them by heart"
    return Change(values.put(rung.learner, at, node), f"{what} in {whose(rung.learner, at)}", reason)


IMAGE_CHANGES = technique("image_changes", "images changed more, or less", ("M01", "M02"), _image_changes, ROWS)
IMAGE_MIXING = technique("image_mixing", "images mixed by twos", ("M02", "M11"), _image_mixing, ROWS)
STOCHASTIC_DEPTH = technique("stochastic_depth", "blocks passed by while learning", ("M02",), _stochastic_depth, ROWS)
MIRROR_IMAGES = technique("mirror_images", "mirror images answered, too", ("M02",), _mirror_images, ROWS)
WIDTH = technique("width", "a wider or deeper network of images", ("M01", "M02"), _width, ROWS)
