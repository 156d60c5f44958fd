"""naeum similar: which rows are most like one, and how alike are columns?"""

from __future__ import annotations

import json as writer
from typing import Any

import typer

from naeum import tongue
from naeum.cli.errors import said
from naeum.errors import InputError


def similar(
    data: str = typer.Argument(..., metavar="DATA", help="The file of rows."),
    row: int = typer.Option(None, "--row", metavar="N", help="The row, from 1, whose nearest rows are wanted."),
    like: str = typer.Option(None, "--like", metavar="TEXT", help="A text whose nearest rows are wanted."),
    text: str = typer.Option(None, "--text", metavar="COLUMN", help="Compare this column of texts."),
    column: list[str] = typer.Option(None, "--column", metavar="COLUMN", help="Compare by this; may be given again."),
    between_columns: bool = typer.Option(False, "--between-columns", metavar=" ", help="Compare columns of numbers."),
    how: str = typer.Option(None, "--how", metavar="NAME", help="cosine, pearson, jaccard, euclidean, manhattan."),
    k: int = typer.Option(10, "--k", metavar="N", help="How many rows."),
    approximate: bool = typer.Option(False, "--approximate", metavar=" ", help="By an index: quicker on many rows."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say it as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Show the rows nearest to a row or a text, or how alike the columns of numbers are."""
    with said(verbose):
        if between_columns:
            done = columns(data, how or "pearson")
        else:
            if (row is None) == (like is None):
                raise InputError("naeum similar needs --row N or --like TEXT, one of them; got both or none; give one")
            done = neighbours(
                data, row, like, {"text": text, "use": column or [], "how": how, "k": k, "near": approximate}
            )
        print(writer.dumps(done, ensure_ascii=False, default=str) if json else tongue.said(_told(done)))


def columns(data: str, how: str) -> dict[str, Any]:
    """How alike every two columns of numbers are, the most alike first."""
    from naeum.measure.coordinates import number_columns
    from naeum.measure.similarity import is_distance, similarity

    names = number_columns(data)
    if len(names) < 2:
        raise InputError(f"two columns of numbers must be there to compare; got {len(names)}; compare rows instead")
    scores = similarity(data, how=how, axis="columns")
    pairs = [(names[a], names[b], float(scores[a, b])) for a in range(len(names)) for b in range(a)]
    pairs.sort(key=lambda pair: pair[2] if is_distance(how) else -abs(pair[2]))
    return {"how": how, "columns": [{"one": one, "other": other, "score": score} for other, one, score in pairs]}


def neighbours(data: str, row: int | None, like: str | None, options: dict[str, Any]) -> dict[str, Any]:
    """The rows nearest to a row or to a text, with their cells."""
    from naeum.data.relation import table_of

    table, _ = table_of(data)
    if row is not None and not 1 <= row <= table.num_rows:
        raise InputError(f"--row must be from 1 to {table.num_rows:,}; got {row}; correct it")
    if options["k"] < 1:
        raise InputError(f"--k must be 1 or more; got {options['k']}; 10 is usual")
    text = options["text"] or (_longest(table) if like is not None else None)
    how = options["how"] or ("cosine" if text else "euclidean")
    place = None if row is None else row - 1
    asked = {**options, "how": how}
    places, scores = _by_text(table, text, place, like, asked) if text else _by_table(table, place, asked)
    found = [
        {"row": int(at) + 1, "score": float(score), "cells": table.slice(int(at), 1).to_pylist()[0]}
        for at, score in zip(places, scores, strict=True)
        if at >= 0 and at != place
    ][: options["k"]]
    return {"how": how, "by": text or options["use"] or "all columns", "row": row, "like": like, "nearest": found}


def _by_text(table: Any, text: str, place: int | None, like: str | None, options: dict[str, Any]) -> tuple[Any, Any]:
    from naeum.data.clean.step import column_of, texts_of
    from naeum.measure.coordinates import texts_as_narrow_points
    from naeum.measure.neighbours import index
    from naeum.measure.similarity import nearest

    texts = [one or "" for one in texts_of(column_of(table, text, "similar"))]
    asked = like if like is not None else texts[place or 0]
    if options["near"]:
        points = texts_as_narrow_points([*texts, asked])
        places, scores = index(points[:-1], options["how"]).nearest(points[-1:], options["k"] + 1)
    else:
        places, scores = nearest([asked], texts, options["k"] + 1, options["how"])
    return places[0], scores[0]


def _by_table(table: Any, place: int | None, options: dict[str, Any]) -> tuple[Any, Any]:
    from naeum.measure.coordinates import table_as_points
    from naeum.measure.neighbours import index
    from naeum.measure.similarity import nearest

    points = table_as_points(table, use=tuple(options["use"]))
    asked = points[[place or 0]]
    if options["near"]:
        places, scores = index(points, options["how"]).nearest(asked, options["k"] + 1)
    else:
        places, scores = nearest(asked, points, options["k"] + 1, options["how"])
    return places[0], scores[0]


def _longest(table: Any) -> str:
    """The column of texts with the longest ones."""
    from naeum.data.clean.step import is_text, texts_of

    lengths: dict[str, int] = {
        name: sum(len(text or "") for text in texts_of(table.column(name).slice(0, 1000)))
        for name in table.column_names
        if is_text(table.column(name))
    }
    if not lengths:
        raise InputError("a column must hold texts to be like one; none does; compare a --row instead")
    return sorted(lengths, key=lambda name: -lengths[name])[0]


def _told(done: dict[str, Any]) -> str:
    if "columns" in done:
        return "\n".join(f"{one['score']:>8.4f}  {one['one']} · {one['other']}" for one in done["columns"])
    what = f"row {done['row']:,}" if done["row"] is not None else repr(done["like"])
    by = done["by"] if isinstance(done["by"], str) else ", ".join(done["by"])
    lines = [f"nearest to {what} by {by} ({done['how']})"]
    for one in done["nearest"]:
        cells = ", ".join(f"{name}={_short(value)}" for name, value in one["cells"].items())
        lines.append(f"{one['score']:>8.4f}  row {one['row']:,}: {cells}")
    return "\n".join(lines)


def _short(value: Any) -> str:
    text = "missing" if value is None else str(value)
    return text if len(text) <= 60 else text[:57] + "…"
