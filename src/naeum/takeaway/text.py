"""How do the parts that read texts stand in code: the floor, n-grams, probes, fine-tuned encoders?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from naeum.engine import sessions, tokens
from naeum.engine.bases import Base
from naeum.engine.model_folder import read_config
from naeum.extras import need
from naeum.model.floor import Prior
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.linear import FittedLinear
from naeum.model.text.probe import FittedProbe, Probe
from naeum.model.text.reading import APART
from naeum.model.text.tuning import Lora, TopLayers
from naeum.takeaway.piece import Name, Piece, Writing

BASE = Name('base or "{}"')  # where the training of an encoder begins
WHOLE_LENGTH = 8  # decimals of a number that was tuned
UNKNOWN = "what has no recipe"
KNOWN_LOSSES = ("cross_entropy", "squared")
READING = ("texts", "tokens")


def floor(fitted: Prior, learner: Any, writing: Writing) -> Piece:
    """The same answer for every row."""
    name = writing.name("floor")
    writing.save(name, constant=fitted.scores)
    output = fitted.task.output
    return Piece("Floor", (f"floor_{output}" if output in ("number", "tags") else "floor",), {"name": name})


def linear(fitted: FittedLinear, learner: Any, writing: Writing) -> Piece:
    """N-grams with their weights."""
    import json

    vocabulary, name = fitted.vocabulary, writing.name("ngrams")
    words = 0 if vocabulary.word_grams is None else vocabulary.word_grams.width
    runs = [f"{'w' if at < words else 'c'}:{run}" for at, run in enumerate(vocabulary.names())]
    (writing.folder / f"{name}.json").write_text(json.dumps(runs, ensure_ascii=False), encoding="utf-8")
    writing.save(name, idf=vocabulary.idf, weights=fitted.weights, bias=fitted.biases)
    pieces = vocabulary.pieces
    given: dict[str, Any] = {
        "name": name, "columns": list(fitted.task.inputs), "words": pieces.words, "chars": pieces.chars,
        "min_df": pieces.min_df, "max_features": pieces.max_features, "lowercase": pieces.lowercase,
        "sublinear": pieces.sublinear, "c": fitted.c,
    }  # fmt: skip
    kind = getattr(learner, "kind", "")
    if fitted.task.output == "number":
        if getattr(learner, "loss", "squared") != "squared":
            writing.leave_out("Huber's loss, which wild targets pull less: the script squares its errors")
        return Piece("TfidfRidge", ("texts", "ngrams", "tfidf_ridge"), given)
    given["class_weight"] = getattr(learner, "class_weight", "none")
    files = ("texts", "ngrams", "onerest")
    if kind == "nb_logistic":
        return Piece("NaiveBayesLogistic", (*files, "naive_bayes"), {**given, "alpha": learner.alpha})
    if kind != "tfidf_logistic":
        writing.untrainable(f"the script cannot train {kind or UNKNOWN}; it predicts")
    return Piece("TfidfLogistic", (*files, "tfidf_logistic"), given)


def probe(fitted: FittedProbe, learner: Any, writing: Writing) -> Piece:
    """A linear head on a frozen encoder."""
    name = writing.name("probe")
    writing.save(name, weights=fitted.head.weights, bias=fitted.head.bias)
    write_encoder(writing.folder / f"{name}_encoder", fitted.base, sessions.load(fitted.base))
    if not isinstance(learner, Probe):
        kind = getattr(learner, "kind", UNKNOWN)
        writing.untrainable(f"the script cannot train {kind}; it predicts")
    read = fitted.learner
    given = {
        "name": name, "columns": list(fitted.task.inputs), "base": starting_from(fitted.base),
        "layers": list(fitted._numbers), "pooling": read.pooling,
        "max_length": min(read.max_length, fitted.base.max_length), "pad": pad(fitted.base), "c": fitted.c,
        "class_weight": read.class_weight, "apart": read.apart,
    }  # fmt: skip
    heads = {"label": ("head_label",), "labels": ("onerest", "head_labels"), "number": ("head_number",)}
    return Piece("Probe", (*READING, *heads[fitted.task.output], "probe"), given)


def finetuned(fitted: FineTunedEncoder, learner: Any, writing: Writing) -> Piece:
    """An encoder that learned the task."""
    name, network = writing.name("encoder"), fitted.network
    arrays = {part: value.detach().cpu().numpy() for part, value in network.head.state_dict().items()}
    writing.save(name, **arrays, center=network.center.cpu().numpy(), spread=network.spread.cpu().numpy())
    write_encoder(writing.folder / f"{name}_encoder", fitted.base, network.encoder)
    recipe = recipe_of(learner, writing)
    given = {
        "name": name, "columns": list(fitted.task.inputs), "base": starting_from(fitted.base),
        "reading": str(fitted.reading), "pooling": network.pooling,
        "max_length": min(fitted.max_length, fitted.base.max_length), "pad": pad(fitted.base), **recipe,
    }  # fmt: skip
    if fitted.reading == APART and given["tuning"]["head"] == "probe":
        given["tuning"] = {**given["tuning"], "head": "random"}
    return Piece("FineTuned", (*READING, "moving", "steps", "finetuned"), given)


def recipe_of(learner: Any, writing: Writing) -> dict[str, Any]:
    """Which weights move, how they move, and what is made smaller: the decided settings, as the script names them."""
    from naeum.model.text.finetuned import FineTuned

    if not hasattr(learner, "optimization"):
        if hasattr(learner, "inner"):
            writing.leave_out("the further answers that the encoder was taught beside")
            return recipe_of(learner.inner, writing)
        writing.untrainable(f"the script cannot train {UNKNOWN}; it predicts")
        learner = FineTuned()
    if learner.kind == "contrastive":
        writing.untrainable(f"the script cannot train {learner.kind}; it predicts")
    return {
        "tuning": tuning_of(getattr(learner, "tuning", None)),
        "training": training_of(learner, writing),
        "loss": loss_of(learner, writing),
    }


def tuning_of(tuning: Any) -> dict[str, Any]:
    """Which weights move."""
    if isinstance(tuning, Lora):
        return {
            "how": "lora", "rank": tuning.rank, "alpha": tuning.alpha, "dropout": tuning.dropout, "head": tuning.head,
        }  # fmt: skip
    if isinstance(tuning, TopLayers):
        return {"how": "top_layers", "layers": tuning.layers, "head": tuning.head}
    return {
        "how": "full",
        "embeddings": getattr(tuning, "embeddings", False),
        "head": getattr(tuning, "head", "random"),
    }


def training_of(learner: Any, writing: Writing) -> dict[str, Any]:
    """How the weights move."""
    moves, course = learner.optimization, learner.optimization.course
    if course.average:
        writing.leave_out("the running average of the weights: the script keeps the last ones")
    if moves.optimizer == "adafactor":
        writing.leave_out("the optimizer Adafactor: the script takes AdamW")
    rate = learner.tuning.rate if isinstance(getattr(learner, "tuning", None), Lora) else 1.0
    return {
        "epochs": moves.epochs, "stop_after": round(course.stop_after, WHOLE_LENGTH),
        "learning_rate": moves.learning_rate * rate, "schedule": moves.schedule, "warmup": moves.warmup,
        "batch_size": moves.batch_size, "weight_decay": moves.weight_decay, "layer_decay": moves.layer_decay,
        "optimizer": moves.optimizer, "clip": course.clip, "dropout": getattr(learner, "dropout", 0.1),
        "seed": course.seed,
    }  # fmt: skip


def loss_of(learner: Any, writing: Writing) -> dict[str, Any]:
    """What is made smaller."""
    objective = getattr(learner, "objective", None)
    if objective is None:
        return {"label_smoothing": 0.0, "class_weight": "none"}
    if objective.loss not in KNOWN_LOSSES:
        writing.leave_out(f"the loss {objective.loss!r}: the script takes cross-entropy, of a number squares")
    if objective.logit_adjustment:
        writing.leave_out("the adjustment of the logits to rare classes")
    if objective.class_weight != "none" and writing.task.output == "labels":
        writing.leave_out("weights of classes, as several of them are answered")
    return {"label_smoothing": objective.label_smoothing, "class_weight": objective.class_weight}


def starting_from(base: Base) -> Name:
    """The base model in code; a flag names another place."""
    return Name(BASE.text.format(base.name))


def write_encoder(folder: Path, base: Base, module: Any) -> None:
    """An encoder with the very tokenizer that it is read with."""
    noise = need("transformers", "a script").utils.logging
    bars = noise.is_progress_bar_enabled()
    noise.disable_progress_bar()
    try:
        module.to("cpu").save_pretrained(str(folder))
    finally:
        if bars:
            noise.enable_progress_bar()
    (folder / "tokenizer.json").write_text(tokens.portable(base, base.max_length), encoding="utf-8")


def pad(base: Base) -> int:
    """The number of the piece that a base model fills batches with."""
    return read_config(base.folder).pad
