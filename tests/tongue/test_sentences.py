"""Is every sentence of the source found, and nothing else?"""

from __future__ import annotations

from pathlib import Path

from naeum.tongue.sentences import said_in, spoken

CODE = '''"""Why is this here?"""


def f(n, names):
    """Why that?"""
    text = f"{n} rows of {', or '.join(names) or 'no column at all'} are empty"
    text += " and nothing else was found"
    rest = "one part " + str(n) + " the other part"
    found = run("SELECT * FROM rows WHERE x > 1", f"max(length({n}))")
    raise ValueError("a name must be given; got {what}".format(what=wanted("a name of ours")), text, rest, found)
'''


def test_strings_of_words_are_found_with_holes_for_values(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.py").write_text(CODE, encoding="utf-8")
    found = list(said_in(tmp_path))
    assert [one.template for one in found] == [
        "{} rows of {} are empty",
        "no column at all",
        "and nothing else was found",
        "one part {} the other part",
        "a name must be given; got {}",
        "a name of ours",
    ]
    assert found[0].file == tmp_path / "room" / "a.py"
    assert found[0].line == 6


def test_what_no_reader_sees_is_no_sentence() -> None:
    for text in ("{} {}", "r2", "SELECT a FROM b", r"(?s)a b\d", "font-size: 3px; color: red", "<p> a b", "a, 1"):
        assert not spoken(text), text
    assert spoken("no rows")


def test_the_help_of_a_verb_is_said_by_paragraphs(tmp_path: Path) -> None:
    code = 'def verb(a=typer.Option(None, help="what to do")):\n    """Do it\n    well.\n\n    Again."""\n'
    (tmp_path / "verb.py").write_text(code, encoding="utf-8")
    assert [one.template for one in said_in(tmp_path)] == ["Do it well.", "Again.", "what to do"]
