"""Which classes of learners, predictors, techniques and checks are there? The one place that knows every class."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from naeum.contract import Technique

# Where each kind is defined: module, then the classes of learners (with the values inside them) and of predictors.
LEARNERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("naeum.model.floor", ("Majority",), ("Prior",)),
    ("naeum.model.text.linear", ("TfidfLogistic", "NaiveBayesLogistic"), ("FittedLinear",)),
    ("naeum.model.text.ridge", ("TfidfRidge",), ()),
    ("naeum.model.text.pair_linear", ("PairLinear",), ("FittedPairs",)),
    ("naeum.model.text.probe", ("Probe", "PairProbe"), ("FittedProbe",)),
    ("naeum.model.text.prototypes", ("Prototypes",), ()),
    ("naeum.model.text.tuning", ("Full", "TopLayers", "Lora", "Optimization", "Objective", "Course"), ()),
    ("naeum.model.text.finetuned", ("FineTuned", "CrossEncoder", "BiEncoder"), ("FineTunedEncoder",)),
    ("naeum.model.text.several_heads", ("SeveralHeads",), ()),
    ("naeum.model.text.contrastive", ("Contrastive",), ()),
    ("naeum.model.text.networks", ("HashedNgrams", "CharConvolution"), ()),
    ("naeum.model.text.sequence", ("SequenceNetwork",), ()),
    ("naeum.model.text.small", (), ("SmallNetwork",)),
    ("naeum.model.text.word_vectors", ("WordVectors",), ("Averages",)),
    ("naeum.model.sequence.vectors", ("Skipgram",), ()),
    ("naeum.model.sequence.words", ("WordReading",), ()),
    ("naeum.model.sequence.recurrent", ("Recurrence",), ()),
    ("naeum.model.sequence.attention", ("Attention",), ()),
    ("naeum.model.image.linear", ("ImageLinear",), ("FittedImageLinear",)),
    ("naeum.model.image.network", ("ImageNetwork", "Descent"), ("TrainedOnImages",)),
    ("naeum.model.image.residual", ("Residual",), ()),
    ("naeum.model.image.changes", ("Changes",), ()),
    ("naeum.model.image.described", ("DescribedImages",), ("Describing",)),
    ("naeum.model.image.pretrained", ("ImageProbe", "TunedImages"), ("FittedImageProbe", "TunedOnImages")),
    ("naeum.model.tags.crf", ("Crf",), ("FittedCrf",)),
    ("naeum.model.tags.chained", ("Chained",), ("Links",)),
    ("naeum.model.tags.swapped", ("Swapped",), ()),
    ("naeum.model.tags.probe", ("WordProbe",), ("FittedWordProbe",)),
    ("naeum.model.tags.sequence", ("SequenceTagger",), ("WordTagger",)),
    ("naeum.model.tags.finetuned", ("TunedTagger", "Reading"), ("EncoderTagger",)),
    ("naeum.model.spans.ranker", ("SpanRanker",), ("FittedRanker",)),
    ("naeum.model.spans.finetuned", ("SpanReader",), ("EncoderReader",)),
    ("naeum.model.table.linear", ("TableLinear",), ("FittedTableLinear",)),
    ("naeum.model.table.fitted", (), ("FittedTrees",)),
    ("naeum.model.table.network", ("TableNetwork",), ("FittedTableNetwork",)),
    ("naeum.model.table.perceptron", ("Perceptron",), ()),
    ("naeum.model.table.boosting", ("Boosting",), ()),
    ("naeum.model.table.light", ("LightBoosting",), ()),
    ("naeum.model.table.forest", ("Forest",), ()),
    ("naeum.model.table.adaboost", ("AdaBoost",), ()),
    ("naeum.model.table.derived", ("Derived",), ("Deriving",)),
    ("naeum.model.own.pipeline", ("SklearnPipeline",), ("FittedPipeline",)),
    ("naeum.model.around.columns", ("Columns", "Group"), ("Grouped", "Fused")),
    ("naeum.model.around.blend", ("Blend",), ("Pool",)),
    ("naeum.model.around.bagged", ("Bagged",), ("Bag",)),
    ("naeum.model.around.cascade", ("Cascade",), ("Cascading",)),
    ("naeum.model.around.weighed", ("Weighed",), ()),
    ("naeum.model.around.calibrated", ("Calibrated",), ("Cooled",)),
    ("naeum.model.around.thresholded", ("Thresholded",), ("Cut",)),
    ("naeum.model.around.ordinal", ("Ordinal",), ("Steps",)),
    ("naeum.model.around.halved", ("Halved",), ("HalvedPredictor",)),
    ("naeum.model.around.cutpoints", ("CutPoints",), ()),
    ("naeum.model.text.ordinal", ("TfidfOrdinal",), ("FittedOrdinal",)),
    ("naeum.model.around.withheld", ("Withheld",), ()),
    ("naeum.model.around.conformal", ("Conformal",), ("WithEnds",)),
    ("naeum.model.around.pseudo", ("Pseudo",), ("Taught",)),
    ("naeum.model.around.augmented", ("Augmented",), ()),
    ("naeum.model.around.cleaned", ("Cleaned",), ()),
    ("naeum.model.around.fitted", ("Fitted",), ()),
    ("naeum.model.around.through", (), ("Through",)),
    ("naeum.model.around.searched", ("Searched",), ("SearchedPredictor",)),
    ("naeum.model.around.prepared", ("Prepared",), ("Cleaning",)),
    ("naeum.compress.export.exported", ("Exported",), ("OnnxModel",)),
    ("naeum.compress.quantize.arithmetic", ("Arithmetic",), ()),
    ("naeum.compress.quantize.quantized", ("Quantized",), ()),
    ("naeum.compress.quantize.aware", ("QuantizationAware",), ()),
    ("naeum.compress.compact.plan", ("Plan", "Stay"), ()),
    ("naeum.compress.compact.encoder", (), ("CompactEncoder",)),
    ("naeum.compress.distil.distilled", ("Distilled",), ()),
    ("naeum.compress.distil.inside", ("Inside",), ()),
    ("naeum.compress.distil.layers", ("Layers",), ()),
    ("naeum.compress.distil.narrow", ("Bottleneck",), ()),
    ("naeum.compress.distil.lesson", ("More",), ()),
    ("naeum.compress.distil.soft", ("Soft",), ()),
    ("naeum.compress.distil.student", (), ("Student",)),
    ("naeum.compress.prune.pruned", ("Pruned",), ()),
    ("naeum.compress.prune.sparsified", ("Sparsified",), ("SparseEncoder",)),
    ("naeum.data.clean.cells", ("Fill", "Clip", "Normalise", "Encode"), ()),
    ("naeum.data.clean.dates", ("ParseDates",), ()),
    (
        "naeum.data.clean.choosing",
        ("DropDuplicates", "DropMissing", "DropBroken", "DropRows", "Resample", "Sample"),
        (),
    ),
)


@cache
def learners() -> tuple[type, ...]:
    """Every learner class."""
    return tuple(cls for cls in values().values() if hasattr(cls, "fit"))


@cache
def values() -> Mapping[str, Any]:
    """Classes of learners and of the values inside them, by kind."""
    return _by_kind(1)


@cache
def predictors() -> Mapping[str, Any]:
    """Classes of predictors by kind."""
    return _by_kind(2)


def techniques() -> tuple[Technique, ...]:
    """Every technique."""
    from naeum.improve.techniques import TECHNIQUES

    return TECHNIQUES


def checks() -> tuple[Any, ...]:
    """Every check."""
    from naeum.diagnose.checks import CHECKS

    return CHECKS


def _by_kind(place: int) -> dict[str, Any]:
    import importlib

    found: dict[str, Any] = {}
    for row in LEARNERS:
        module = importlib.import_module(row[0])
        for name in row[place]:
            cls = getattr(module, name)
            if cls.kind in found:
                raise TypeError(f"kind {cls.kind!r} must name one class; {found[cls.kind]} and {cls} both have it")
            found[cls.kind] = cls
    return found
