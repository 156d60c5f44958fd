"""What are the texts like: how long, in which language, with which signs and words?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.report import words
from naeum.report.explored.figures import draw, growth, lengths
from naeum.report.explored.view import Seen
from naeum.report.markup import Content, Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section

POLICIES = {
    "to_longest": "all rows padded to the longest",
    "as_they_come": "batches of 32 rows in random order",
    "by_length": "rows of like length together (naeum)",
}
SPREAD = (("mean", "mean"), ("median", "median"), ("p90", "90 %"), ("p99", "99 %"), ("longest", "longest"))


def texts(view: Seen) -> Section | None:
    """Lengths, tokens, languages, signs, repeated words and the vocabulary."""
    found = view.part("lengths")
    if not found:
        return None
    body = join(
        _lengths(found, view.part("tokens")),
        _tokens(view.part("tokens"), view.rows),
        _languages(view.part("languages")),
        _signs(view.part("signs")),
        _boilerplate(view.part("boilerplate"), view.rows),
        _vocabulary(view.part("vocabulary")),
    )
    return Section("texts", "The texts", "Texts", body)


def _lengths(found: Mapping[str, Any], tokens: Mapping[str, Any] | None) -> Markup:
    units = [("characters", found["characters"]), ("words", found["words"])]
    units += [(f"tokens of {_short(tokens['base'])}", tokens)] if tokens else []
    lines = [(name, *(f"{one[key]:,.0f}" for key, _ in SPREAD)) for name, one in units]
    drawn = draw("lengths", "lengths of the texts", lengths.figure, found["words"]["histogram"],
                 tokens["histogram"] if tokens else None, tokens["limit"] if tokens else None)  # fmt: skip
    return join(
        table(("length in", *(title for _, title in SPREAD)), lines, range(1, 1 + len(SPREAD))),
        figure(drawn, "How long the texts are; the last bar holds all that are longer."),
    )


def _tokens(found: Mapping[str, Any] | None, rows: bool) -> Markup | None:
    if not found:
        return None
    cuts = [(f"{one['limit']:,.0f}", words.percent(one["rows"]), words.percent(one["tokens"])) for one in found["cut"]]
    waste = [(title, words.percent(found["waste"][name])) for name, title in POLICIES.items()]
    unknown = (
        "" if found["unknown"] is None else f"; {words.percent(found['unknown'], 2)} of the tokens are unknown to it"
    )
    stranger = "" if found["knows_language"] else " It does not know the language of the texts; none at hand does."
    said = (
        f"The tokenizer of {found['base']} cuts a word into {words.number(found['per_word'], 2)} tokens{unknown};"
        f" it adds {found['special']} tokens to each row.{stranger} Counted on {_of(found)}."
    )
    return join(
        tag("h3", "What a base model reads"),
        tag("p", said),
        tag("div",
            tag("div", table(("maximum length", "rows cut", "tokens not seen"), cuts, (0, 1, 2))),
            tag("div", table(("batches", "padding"), waste, (1,))), class_="two"),
        _row(found["row"]) if rows and found.get("row") else None,
    )  # fmt: skip


def _row(row: Mapping[str, Any]) -> Markup:
    """A real row, token by token."""
    parts: list[Content] = []
    for text, number, kind in row["pieces"]:
        badge = {"special": "badge finding", "padding": "badge", "left out": "badge"}.get(kind)
        parts += [tag("code", text, class_=badge, title=None if number < 0 else f"id {number}, {kind}"), " "]
    said = f"{row['added']} special tokens are added, and {row['padded']} of padding beside a longer row of its batch."
    return join(tag("p", "One row as the model reads it: ", *parts), tag("p", said, class_="note"))


def _languages(found: Mapping[str, Any] | None) -> Markup | None:
    if not found or not found["told"]:
        return None
    lines = [(code, f"{rows:,}", words.percent(rows / found["told"])) for code, rows in found["languages"]]
    by = "by lingua and by script" if found["by"] == "lingua" else "by script only (lingua is not installed)"
    return join(
        tag("h3", "Languages"),
        tag("p", f"Told {by} for {found['told']:,} of {_of(found)}; short texts do not say."),
        table(("language", "texts", "share"), lines, (1, 2)),
    )


def _signs(found: Mapping[str, Any] | None) -> Markup | None:
    if not found:
        return None
    scripts = [(one["script"], words.percent(one["letters"]), f"{one['rows']:,}") for one in found["scripts"]]
    hits = [
        (one["title"], one["kind"], f"{one['rows']:,}", ", ".join(map(str, one["named"][:5])))
        for one in found["patterns"].values()
        if one["rows"]
    ]
    emoji = " ".join(f"{sign} {times:,}" for sign, times in found["emoji"])
    return join(
        tag("h3", "Scripts and signs"),
        tag("p", f"{found['mixed']:,} texts mix scripts, {found['emoji_rows']:,} have emoji,"
                 f" {found['without_letters']:,} no letter, {found['broken']['rows']:,} broken signs. Counted on"
                 f" {_of(found)}."),
        table(("script", "letters", "texts mostly in it"), scripts, (1, 2)) if scripts else None,
        tag("p", f"Most frequent emoji: {emoji}.") if emoji else None,
        table(("found", "kind", "rows", "first rows (from 0)"), hits, (2,)) if hits else None,
        tag("p", "Addresses and numbers of people are counted and not kept.", class_="note") if hits else None,
    )  # fmt: skip


def _boilerplate(found: Mapping[str, Any] | None, rows: bool) -> Markup | None:
    if not found or not rows:
        return None
    names = (("texts", "whole texts"), ("openings", "openings"), ("endings", "endings"), ("lines", "lines"))
    lines = [
        (title, one["text"], f"{one['rows']:,}", words.percent(one["share"], 2))
        for name, title in names
        for one in found[name]
    ]
    if not lines:
        return None
    return folded("What stands there again and again", table(("as", "text", "rows", "share"), lines, (2, 3)))


def _vocabulary(found: Mapping[str, Any] | None) -> Markup | None:
    if not found:
        return None
    exponent = found["exponent"]
    rule = "" if exponent is None else f" It grows as words^{exponent:.2f} (Heaps' law): {_pace(exponent)}."
    said = (
        f"{found['distinct']:,} different words among {found['words']:,}; {words.percent(found['once'])} of them stand"
        f" there once.{rule}"
    )
    drawn = draw("growth", "growth of the vocabulary", growth.figure, found["curve"])
    frequent = ", ".join(f"{word} ({times:,})" for word, times in found["frequent"])
    return join(
        tag("h3", "Vocabulary"),
        tag("p", said),
        figure(drawn, "Different words against words read, in random order of the texts."),
        tag("p", f"Most frequent: {frequent}.", class_="note"),
    )


def _pace(exponent: float) -> str:
    if exponent >= 0.75:
        return "nearly every text brings new words, so pieces of words serve better than whole ones"
    return "new texts bring few new words" if exponent < 0.5 else "new texts still bring new words"


def _of(found: Mapping[str, Any]) -> str:
    """`2,000 texts drawn from 100,000`, or all of them."""
    if found["rows"] < found["of"]:
        return f"{found['rows']:,} texts drawn from {found['of']:,}"
    return f"all {found['rows']:,} texts"


def _short(base: str) -> str:
    return base.rstrip("/").rpartition("/")[2]
