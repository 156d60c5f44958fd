"""How does one use naeum where scikit-learn is spoken: `fit`, `predict`, pipelines, searches, cross-validation?"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from naeum.sklearn.estimators import Classifier as Classifier
    from naeum.sklearn.estimators import Regressor as Regressor

__all__ = ["Classifier", "Regressor"]


def __getattr__(name: str) -> Any:
    """Both are scikit-learn's own kind of class, so they are loaded, and scikit-learn with them, when first used."""
    if name in __all__:
        return getattr(importlib.import_module("naeum.sklearn.estimators"), name)
    raise AttributeError(f"module 'naeum.sklearn' has no attribute {name!r}")
