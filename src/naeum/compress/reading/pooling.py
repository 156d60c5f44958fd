"""How do scores become probabilities, and several answers one? A part of the program `predict.py`, which imports no
naeum."""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.model.tags.chain import LEAST

HAIR = 1e-6  # single precision: what is a tie up to rounding is one


def likely(scores: Any, output: str) -> Any:
    """(rows, classes) probabilities; numbers stay what they are."""
    if output == "number":
        return scores
    if output == "labels":
        return np.asarray(1 / (1 + np.exp(-np.clip(scores, -60, 60))), np.float32)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)


def ranked(told: Any, card: dict[str, Any]) -> Any:
    """(rows,) of classes in an order: by cut points on the mean class number, its nearest class, or the median."""
    wide = told.astype(np.float64)
    mean = wide @ np.arange(wide.shape[1], dtype=np.float64)
    if card.get("cut"):
        return np.searchsorted(np.asarray(card["cut"], np.float32), mean, side="right")
    if card["answer"] == "median":
        return (np.cumsum(wide, axis=1) >= 0.5 - HAIR).argmax(axis=1)
    if card["answer"] == "mean":
        return np.clip(np.floor(mean + 0.5 + HAIR), 0, wide.shape[1] - 1).astype(np.int64)
    return told.argmax(axis=1)


def pooled(scores: Any, output: str) -> Any:
    """What is averaged in a blend: log-probabilities, log odds of labels, or numbers."""
    if output in ("label", "tags"):
        return np.log(np.maximum(likely(scores, output).astype(np.float64), LEAST))
    wide = scores.astype(np.float64)
    return np.clip(wide, np.log(LEAST), -np.log(LEAST)) if output == "labels" else wide


def cascaded(quick: Any, careful: Any, rows: list[list[Any]], threshold: float) -> Any:
    """(rows, classes) log-probabilities of the quick part where one reaches the threshold, else of the careful one."""
    scores = pooled(quick(rows), "label")
    unsure = np.flatnonzero(np.exp(scores.max(axis=1)) < threshold)
    if len(unsure):
        scores[unsure] = pooled(careful([rows[at] for at in unsure]), "label")
    return np.asarray(scores, np.float32)
