"""How are numbers and learners put into words, the same in the report and on the screen?"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from naeum import values
from naeum.contract import Rung

MINUS = "\u2212"
LONGEST_VALUE = 48  # characters of a setting's value that are shown
VAGUE = 0.5  # deviation of a forecast gain from which it says nothing: any change of a share is within it
LONGEST_LIST = 3  # members of a blend that are named
DEEPEST = 3  # learners around learners that are named
# What the learners are called; parts of learners (a tuning method, an objective) have no name here.
KINDS: Mapping[str, str] = {
    "majority": "majority class", "tfidf_logistic": "linear model", "nb_logistic": "naive-Bayes linear model",
    "probe": "probe on a frozen encoder", "finetuned": "fine-tuned encoder", "fine_tuned": "fine-tuned encoder",
    "char_convolution": "character convolution", "hashed_ngrams": "hashed n-grams",
    "sequence_network": "network of words", "sequence_tagger": "network that tags words",
    "table_network": "network of the columns", "light_boosting": "LightGBM's trees",
    "word_vectors": "means of word vectors", "blend": "blend",
    "calibrated": "calibrated", "cascade": "quick and careful", "augmented": "augmented", "cleaned": "cleaned",
    "tfidf_ridge": "linear model of a number", "pair_linear": "linear model of pairs", "pair_probe": "probe of pairs",
    "cross_encoder": "fine-tuned encoder of pairs", "bi_encoder": "encoder of either side",
    "prototypes": "nearest mean", "contrastive": "contrastively tuned encoder", "crf": "conditional random field",
    "word_probe": "probe of words", "tuned_tagger": "fine-tuned tagger",
    "span_ranker": "ranker of answers", "span_reader": "fine-tuned reader", "image_linear": "linear model of edges",
    "image_network": "residual network", "tfidf_ordinal": "linear model of an order", "ordinal": "one question a step",
    "cut_points": "with cut points",
    "conformal": "with intervals", "thresholded": "with thresholds",
    "withheld": "with a margin above no answer",
    "table_linear": "linear model of the columns", "boosting": "boosted trees", "forest": "forest",
    "adaboost": "AdaBoost", "sklearn_pipeline": "pipeline of your own",
    "described_images": "model of described images", "image_probe": "probe on a frozen image encoder",
    "tuned_images": "fine-tuned image encoder", "chained": "chained", "columns": "models of groups of columns",
    "halved": "best of several", "pseudo": "with pseudo-labels", "quantized": "in whole numbers", "onnx": "exported",
    "quantization_aware": "trained on with rounding",
    "distilled": "taught by a larger model",
    "pruned": "pruned", "sparsified": "with weights at zero",
    "swapped": "with other names", "several_heads": "with further heads",
    "searched": "searched", "fitted": "fitted model", "prepared": "prepared",
    "derived_columns": "made columns", "weighed": "weighed rows", "bagged": "bag of fits",
}  # fmt: skip
NO_NUMBER = "–"


def number(value: float | None, digits: int = 3) -> str:
    """A plain number; a dash where there is none.

    Example:
        >>> number(0.9684), number(None), number(-1234.5, 1), number(-0.0)
        ('0.968', '–', '−1,234.5', '0.000')
    """
    if value is None or not math.isfinite(value):
        return NO_NUMBER
    return f"{value:z,.{digits}f}".replace("-", MINUS)


def signed(value: float | None, digits: int = 3) -> str:
    """A difference with its sign.

    Example:
        >>> signed(0.0043), signed(-0.002), signed(0.0)
        ('+0.004', '−0.002', '±0.000')
    """
    if value is None or not math.isfinite(value):
        return NO_NUMBER
    text = f"{value:+.{digits}f}"
    return f"±{text[1:]}" if float(text) == 0 else text.replace("-", MINUS)


def interval(low: float | None, high: float | None, digits: int = 3) -> str:
    """An interval in square brackets; empty where there is none.

    Example:
        >>> interval(0.961, 0.975)
        '[0.961, 0.975]'
    """
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"[{number(low, digits)}, {number(high, digits)}]"


def signed_interval(low: float | None, high: float | None, digits: int = 3) -> str:
    """An interval of a difference; empty where there is none."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    return f"[{signed(low, digits)}, {signed(high, digits)}]"


def percent(share: float | None, digits: int = 1) -> str:
    """A share as a percentage.

    Example:
        >>> percent(0.0312)
        '3.1 %'
    """
    return NO_NUMBER if share is None or not math.isfinite(share) else f"{number(100 * share, digits)} %"


def seconds(value: float | None) -> str:
    """A time in the unit that reads best.

    Example:
        >>> seconds(0.42), seconds(35.2), seconds(212), seconds(4000)
        ('0.42 s', '35 s', '3 min 32 s', '1 h 7 min')
    """
    if value is None or not math.isfinite(value):
        return NO_NUMBER
    if value < 10:
        return f"{value:.2g} s"
    whole = round(value)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min" + (f" {whole % 60} s" if whole % 60 else "")
    minutes = round(value / 60)
    return f"{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")


def size(megabytes: float | None) -> str:
    """A size in MB with two figures that count.

    Example:
        >>> size(0.0131), size(91.2)
        ('0.01 MB', '91 MB')
    """
    if megabytes is None or not math.isfinite(megabytes):
        return NO_NUMBER
    return (
        f"{megabytes:,.0f} MB"
        if megabytes >= 10
        else f"{megabytes:.1f} MB"
        if megabytes >= 1
        else f"{megabytes:.2f} MB"
    )


def milliseconds(value: float | None) -> str:
    """Milliseconds a row."""
    if value is None or not math.isfinite(value):
        return NO_NUMBER
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.1f} ms" if value >= 1 else f"{value:.2f} ms"


def count(things: int, one: str, many: str | None = None) -> str:
    """A number of things.

    Example:
        >>> count(1, "row"), count(1500, "row"), count(2, "class", "classes")
        ('1 row', '1,500 rows', '2 classes')
    """
    return f"{things:,} {one if things == 1 else many or one + 's'}"


@cache
def titles() -> Mapping[str, str]:
    """Technique name -> what it is called."""
    from naeum.improve.techniques import TECHNIQUES

    return {technique.name: technique.title for technique in TECHNIQUES}


def title(technique: str, titles: Mapping[str, str]) -> str:
    """What a technique is called: its title, else its name in plain words.

    Example:
        >>> title("label_smoothing", {})
        'Label smoothing'
    """
    name = titles.get(technique) or technique.replace("_", " ").strip() or "rung"
    return name[:1].upper() + name[1:]


def value(thing: Any) -> str:
    """A setting's value in a few characters."""
    if values.is_value(thing):
        return str(thing.kind)
    if isinstance(thing, float):
        return f"{thing:.4g}".replace("-", MINUS) if thing == thing else NO_NUMBER
    if isinstance(thing, (tuple, list)):
        return " + ".join(value(one) for one in thing) if any(map(values.is_value, thing)) else _list(thing)
    text = "none" if thing is None else {True: "yes", False: "no"}[thing] if isinstance(thing, bool) else str(thing)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def changes(rung: Rung, rungs: Sequence[Rung]) -> tuple[str, ...]:
    """What a rung changed against its nearest parent, each setting as `path: before → after`.

    Where the kind of learner itself changed, the new kind is named.
    """
    parent = _parent(rung, rungs)
    if parent is None:
        return (f"starts with {rung.learner.kind}",)
    paths = rung.changed or values.changed(parent.learner, rung.learner)
    said = [_change(path, parent.learner, rung.learner) for path in paths]
    return tuple(dict.fromkeys(said)) or (f"{parent.learner.kind} again",)


def learner(thing: Any) -> str:
    """What a learner is, in a few words of plain English.

    Example:
        >>> from dataclasses import dataclass
        >>> @dataclass(frozen=True)
        ... class Linear:
        ...     kind = "tfidf_logistic"
        >>> @dataclass(frozen=True)
        ... class Two:
        ...     kind = "blend"
        ...     members: tuple[Linear, ...] = (Linear(), Linear())
        >>> learner(Two())
        'Blend of linear model and linear model'
    """
    said = _inner(thing)
    return said[:1].upper() + said[1:]


def _inner(thing: Any, depth: int = 0) -> str:
    name = KINDS.get(thing.kind, str(thing.kind).replace("_", " "))
    inside = [node for at, node in values.nodes(thing) if at and _is_learner(at, thing)]
    if not inside or depth >= DEEPEST:
        return name
    if len(inside) == 1:
        return (
            f"{name} {_inner(inside[0], depth + 1)}"
            if name.endswith("ed")
            else f"{name} of {_inner(inside[0], depth + 1)}"
        )
    said = [_inner(one, depth + 1) for one in inside]
    shown = said[:LONGEST_LIST]
    rest = f" and {len(said) - len(shown)} more" if len(said) > len(shown) else ""
    return f"{name} of {', '.join(shown[:-1])} and {shown[-1]}" if not rest else f"{name} of {', '.join(shown)}{rest}"


def _is_learner(at: str, thing: Any) -> bool:
    """Whether the node right below `thing` at a path is a learner: parts of learners (a schedule) have no shapes."""
    steps = at.split(".")
    direct = len(steps) == 1 or (len(steps) == 2 and steps[1].isdigit())
    return direct and values.get(thing, at).kind in KINDS


def forecast(rung: Rung) -> float | None:
    """The gain that was forecast before the fit; none where nothing was known, as for the first steps of a climb."""
    told = rung.forecast.get("gain")
    return told if told is not None and rung.forecast.get("gain_sd", 0.0) < VAGUE else None


def members(learner: Any) -> tuple[str, ...]:
    """The kinds inside a learner, the outermost first, each once."""
    return tuple(dict.fromkeys(str(node.kind) for _, node in values.nodes(learner)))


def _parent(rung: Rung, rungs: Sequence[Rung]) -> Rung | None:
    """The parent of the most like learner: one of the same kind, else the last named."""
    found = [other for other in rungs if other.number in rung.parents]
    alike = [other for other in found if other.learner.kind == rung.learner.kind]
    return alike[-1] if alike else found[-1] if found else None


def _change(path: str, before: Any, after: Any) -> str:
    old, new = _at(before, path), _at(after, path)
    if not path or (old is None and new is None):
        return _around(before, after)
    return f"{path}: {value(old)} → {value(new)}"


def _around(before: Any, after: Any) -> str:
    """`blend of linear model and probe` where learners stand inside, else `probe → finetuned`."""
    inside = [kind for kind in members(after) if kind != after.kind and kind in KINDS]
    return _inner(after) if inside else f"{before.kind} → {after.kind}"


def _at(learner: Any, path: str) -> Any:
    """What stands at a path; none where the path does not exist in this learner."""
    try:
        return values.get(learner, path)
    except (AttributeError, IndexError, ValueError, TypeError):
        return None


def _list(things: Sequence[Any]) -> str:
    text = ", ".join(value(one) for one in things)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
